import { decodeJwt } from "jose";
import type { KoaContextWithOIDC } from "oidc-provider";
import { ORG_CODE } from "../accessToken.ts";
import type { Route, RouteParts } from "./routes.ts";

/** Writes the ID token's claims as Kinde does, the workflow's among them. */
export function idToken({ issuer, users, grants, keys }: RouteParts): Route {
  return async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (ctx.path !== "/oauth2/token" || typeof body?.id_token !== "string") return;
    const { oidc } = ctx as unknown as KoaContextWithOIDC;
    const { sub = "", iat, exp, nonce } = decodeJwt(body.id_token);
    const user = users.find(sub);
    const grant = grants.find(oidc.entities.Grant?.jti);
    if (!user || !grant) return;
    body.id_token = await keys.sign({
      email: user.email,
      email_verified: true,
      family_name: user.familyName,
      given_name: user.givenName,
      name: `${user.givenName} ${user.familyName}`,
      org_codes: [ORG_CODE],
      picture: null,
      ...grant.custom?.idToken,
      aud: [issuer, grant.clientId],
      azp: grant.clientId,
      exp,
      iat,
      iss: issuer,
      nonce,
      sub,
    });
  };
}
