import type { Route, RouteParts } from "./routes.ts";

/** The two requests of Kinde's management API that an app of this project makes. */
export function management({ issuer, users, grants, keys }: RouteParts): Route {
  return async (ctx, next) => {
    if (!ctx.path.startsWith("/api/v1/")) return next();
    const refreshed = /^\/api\/v1\/users\/([^/]+)\/refresh_claims$/.exec(ctx.path)?.[1];
    if (refreshed !== undefined && ctx.method === "POST") {
      const userId = decodeURIComponent(refreshed);
      if (!(await allowed("update:user_refresh_claims")) || !known(userId)) return;
      grants.refreshClaims(userId);
      return answer(200, "CLAIMS_REFRESHED", "The user's claims will be computed anew");
    }
    if (ctx.path === "/api/v1/user" && ctx.method === "DELETE") {
      const userId = String(ctx.query.id ?? "");
      if (!(await allowed("delete:users")) || !known(userId)) return;
      users.remove(userId);
      return answer(200, "USER_DELETED", "The user was deleted");
    }
    refuse(404, "ROUTE_NOT_FOUND", "This is not in the local management API");

    async function allowed(scope: string): Promise<boolean> {
      const token = /^Bearer (\S+)$/i.exec(ctx.get("authorization"))?.[1] ?? "";
      const claims = await keys.verify(token);
      const { aud, scp, gty } = claims ?? {};
      if (!claims || !Array.isArray(aud) || !aud.includes(`${issuer}/api`) || !Array.isArray(gty)) {
        refuse(401, "TOKEN_INVALID", "A machine token for this API is required");
        return false;
      }
      if (!Array.isArray(scp) || !scp.includes(scope)) {
        refuse(403, "SCOPE_MISSING", `The scope ${scope} is required`);
        return false;
      }
      return true;
    }
    function known(userId: string): boolean {
      if (users.find(userId)) return true;
      refuse(404, "USER_NOT_FOUND", "There is no such user");
      return false;
    }
    function answer(status: number, code: string, message: string): void {
      ctx.status = status;
      ctx.body = { code, message };
    }
    function refuse(status: number, code: string, message: string): void {
      ctx.status = status;
      ctx.body = { errors: [{ code, message }] };
    }
  };
}
