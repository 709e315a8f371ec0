import type Router from "@koa/router";
import type { RouteMiddleware } from "@koa/router";
import type { RouteParts } from "./routes.ts";

type Context = Parameters<RouteMiddleware>[0];

/** The two requests of Kinde's Management API that an app of this project makes. */
export function addManagement(router: Router, { issuer, users, grants, keys }: RouteParts): void {
  router.post(
    "/api/v1/users/:id/refresh_claims",
    requireScope("update:user_refresh_claims"),
    (ctx) => {
      const userId = ctx.params.id ?? "";
      if (!users.find(userId)) return refuseUser(ctx);
      grants.refreshClaims(userId);
      answer(ctx, "CLAIMS_REFRESHED", "The user's claims will be computed again");
    },
  );

  router.delete("/api/v1/user", requireScope("delete:users"), (ctx) => {
    const userId = String(ctx.query.id ?? "");
    if (!users.remove(userId)) return refuseUser(ctx);
    answer(ctx, "USER_DELETED", "The user was deleted");
  });

  router.all("/api/v1/(.*)", (ctx) =>
    refuse(ctx, 404, "ROUTE_NOT_FOUND", "This is not in the local Management API"),
  );

  function requireScope(scope: string): RouteMiddleware {
    return async (ctx, next) => {
      const token = /^Bearer (\S+)$/i.exec(ctx.get("authorization"))?.[1] ?? "";
      const { aud, scp, gty } = (await keys.verify(token)) ?? {};
      if (!Array.isArray(aud) || !aud.includes(`${issuer}/api`) || !Array.isArray(gty)) {
        return refuse(ctx, 401, "TOKEN_INVALID", "A machine token for this API is required");
      }
      if (!Array.isArray(scp) || !scp.includes(scope)) {
        return refuse(ctx, 403, "SCOPE_MISSING", `The scope ${scope} is required`);
      }
      await next();
    };
  }
}

function answer(ctx: Context, code: string, message: string): void {
  ctx.status = 200;
  ctx.body = { code, message };
}

function refuseUser(ctx: Context): void {
  refuse(ctx, 404, "USER_NOT_FOUND", "There is no such user");
}

function refuse(ctx: Context, status: number, code: string, message: string): void {
  ctx.status = status;
  ctx.body = { errors: [{ code, message }] };
}
