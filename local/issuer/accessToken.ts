import { randomUUID } from "node:crypto";
import type {
  AccessToken,
  ClientCredentials,
  JWTStructured,
  KoaContextWithOIDC,
} from "oidc-provider";
import { errors } from "oidc-provider";
import { MACHINE_SCOPES } from "./clients.ts";
import type { CustomClaims, Grant, GrantBook } from "./grants.ts";
import type { IssuedToken } from "./types.ts";
import type { UserDirectory } from "./users.ts";
import type { TokenWorkflow } from "./workflow.ts";

/** Every user is in the one organization, as in a new Kinde business. */
export const ORG_CODE = "org_local00000000";

export interface TokenMaking {
  readonly issuer: string;
  readonly workflow: TokenWorkflow;
  readonly grants: GrantBook;
  readonly users: UserDirectory;
  readonly onAccessToken?: ((payload: IssuedToken) => void) | undefined;
}

/**
 * Makes the customizer, which turns the server's JWT into a token like Kinde's. The customizer runs
 * the workflow, unless Kinde would use cached claims, and writes the claims as Kinde does.
 */
export function kindeTokens(making: TokenMaking) {
  return async (
    ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
    jwt: JWTStructured,
  ): Promise<JWTStructured> => {
    jwt.header = { typ: "JWT" };
    const { iat, exp } = jwt.payload;
    const common = { azp: token.clientId, exp, iat, iss: making.issuer };
    const grant = "grantId" in token ? making.grants.find(token.grantId) : undefined;
    if (!grant) {
      jwt.payload = {
        ...common,
        aud: audienceOf(ctx),
        gty: ["client_credentials"],
        jti: randomUUID(),
        scp: machineScopes(ctx),
      };
      return jwt;
    }
    const refreshed =
      ctx.oidc.entities.RefreshToken !== undefined &&
      ctx.oidc.params?.grant_type === "refresh_token";
    if (refreshed) making.grants.prepareRefresh(grant);
    if (grant.token) {
      // RS256 makes the same signature for the same payload, so this is the same token.
      jwt.payload = grant.token;
      making.onAccessToken?.(grant.token as unknown as IssuedToken);
      (token as { expiresIn?: number }).expiresIn = grant.token.exp - Math.floor(Date.now() / 1000);
      return jwt;
    }
    grant.custom ??= await runWorkflow(making, ctx, grant, refreshed);
    const source = ctx.oidc.entities.RefreshToken ?? ctx.oidc.entities.AuthorizationCode;
    const claims = {
      feature_flags: {},
      permissions: making.users.find(grant.userId)?.permissions ?? [],
      ...grant.custom.accessToken,
      ...common,
      aud: grant.audience,
      exp: Number(exp),
      jti: randomUUID(),
      org_code: ORG_CODE,
      scp: [...(source?.scopes ?? [])],
      sub: grant.userId,
    };
    // In alphabetical order, as in Kinde's tokens.
    const sorted = Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1));
    grant.token = Object.fromEntries(sorted) as typeof claims;
    jwt.payload = grant.token;
    making.onAccessToken?.(grant.token as unknown as IssuedToken);
    return jwt;
  };
}

async function runWorkflow(
  { workflow, users, issuer }: TokenMaking,
  ctx: KoaContextWithOIDC,
  grant: Grant,
  refreshed: boolean,
): Promise<CustomClaims> {
  const decision = await workflow({
    origin: refreshed ? "refresh_token_request" : "authorization_request",
    kindeDomain: issuer,
    userId: grant.userId,
    identityId: users.find(grant.userId)?.identityId ?? "",
    clientId: grant.clientId,
    orgCode: ORG_CODE,
    audience: grant.audience,
    isExistingSession: grant.isExistingSession,
    ip: ctx.ip,
    userAgent: ctx.get("user-agent"),
  });
  if (!decision.issued) {
    throw new errors.CustomOIDCProviderError("access_denied", decision.reason);
  }
  return decision.claims;
}

/** `audience` is Kinde's parameter, not a standard one, so the server leaves it in the body. */
function audienceOf(ctx: KoaContextWithOIDC): string[] {
  const audience: unknown = ctx.oidc.body?.audience;
  return typeof audience === "string" ? [audience] : [];
}

/** The requested scopes that are allowed; all allowed scopes if the request names none. */
function machineScopes(ctx: KoaContextWithOIDC): string[] {
  const asked: unknown = ctx.oidc.params?.scope;
  return typeof asked === "string"
    ? MACHINE_SCOPES.filter((scope) => asked.split(" ").includes(scope))
    : MACHINE_SCOPES;
}
