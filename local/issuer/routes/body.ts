import type { Context } from "koa";

/** The same as the OpenID Connect server allows. */
const MAX_BYTES = 56 * 1024;

/** Refuses a body whose declared length is too large, on every route. */
export async function limitBody(ctx: Context, next: () => Promise<void>): Promise<void> {
  if ((ctx.request.length ?? 0) > MAX_BYTES) refuse(ctx);
  await next();
}

/**
 * Reads the fields of a posted form.
 *
 * @throws 413 if the form is too large
 */
export async function readForm(ctx: Pick<Context, "req" | "throw">): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The request must stay open after the error, or the client would not get the answer.
  for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) refuse(ctx);
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

function refuse(ctx: Pick<Context, "throw">): never {
  return ctx.throw(413, `The form is larger than ${MAX_BYTES} bytes.`);
}
