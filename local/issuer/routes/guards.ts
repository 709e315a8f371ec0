import type { Context } from "koa";
import { MISDIRECTED, refuseForeignHost } from "../../http/ownHost.ts";

type Next = () => Promise<void>;

/** Refuses a request whose Host header names another server (DNS rebinding). */
export async function requireOwnHost(ctx: Context, next: Next): Promise<void> {
  const refused = refuseForeignHost(ctx.req);
  if (refused) ctx.throw(MISDIRECTED, refused);
  await next();
}

/** Refuses a path with a `%` that is not followed by an encoded character. */
export async function requireDecodablePath(ctx: Context, next: Next): Promise<void> {
  try {
    decodeURIComponent(ctx.path);
  } catch {
    ctx.throw(400, "The path has a % that is not followed by an encoded character.");
  }
  await next();
}

/**
 * The discovery document always names the issuer's own address, even if the request used another
 * name.
 */
export function discoverOwnAddress(issuer: string) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (ctx.path.startsWith("/.well-known/")) ctx.req.headers.host = new URL(issuer).host;
    await next();
  };
}

/** Lets pages of the registered applications read answers, and no other pages (CORS). */
export function allowOrigins(origins: ReadonlySet<string>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    if (origins.has(ctx.get("Origin"))) return;
    for (const name of Object.keys(ctx.response.headers)) {
      if (name.startsWith("access-control-")) ctx.remove(name);
    }
  };
}
