import type Router from "@koa/router";
import type { RouteParts } from "./routes.ts";

/** `/oauth2/v2/user_profile`: the user of the access token. */
export function addUserProfile(router: Router, { users, grants, keys }: RouteParts): void {
  router.get("/oauth2/v2/user_profile", async (ctx) => {
    const token = /^Bearer (\S+)$/i.exec(ctx.get("authorization"))?.[1] ?? "";
    const claims = await keys.verify(token);
    const user = users.find(String(claims?.sub));
    if (!user || grants.wasRevoked(claims?.jti)) {
      ctx.status = 401;
      ctx.set("WWW-Authenticate", 'Bearer error="invalid_token"');
      ctx.body = { error: "invalid_token" };
      return;
    }
    ctx.body = {
      id: user.id,
      sub: user.id,
      email: user.email,
      given_name: user.givenName,
      family_name: user.familyName,
      name: `${user.givenName} ${user.familyName}`,
      picture: null,
    };
  });
}
