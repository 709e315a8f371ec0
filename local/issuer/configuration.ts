import { randomBytes } from "node:crypto";
import type { Configuration } from "oidc-provider";
import { kindeTokens, type TokenMaking } from "./accessToken.ts";
import type { Clients } from "./clients.ts";
import type { SigningKeys } from "./keys.ts";
import { showError } from "./pages/error.ts";
import type { Storage } from "./storage.ts";

const USER_SCOPES = ["openid", "profile", "email", "offline"];
/** A resource, so that the server issues JWTs as access tokens. No answer contains this name. */
const RESOURCE = "urn:kinde:user";

export const SESSION_COOKIE = "kinde_session";

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** The OpenID Connect server, set up as Kinde is: its paths, lifetimes, scopes and tokens. */
export function configure(
  making: TokenMaking,
  {
    clients,
    keys,
    storage,
    origins,
    accessTokenSeconds = DAY,
  }: {
    clients: Clients;
    keys: SigningKeys;
    storage: Storage;
    /** Whose pages may read the tokens (CORS). */
    origins: ReadonlySet<string>;
    accessTokenSeconds?: number | undefined;
  },
): Configuration {
  const { issuer, users, grants } = making;
  return {
    adapter: storage.adapter,
    clients: clients.metadata,
    jwks: { keys: [keys.jwk as never] },
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      long: { httpOnly: true, sameSite: "lax", signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
      names: { session: SESSION_COOKIE, interaction: "kinde_sign_in", resume: "kinde_resume" },
    },
    routes: {
      authorization: "/oauth2/auth",
      token: "/oauth2/token",
      jwks: "/.well-known/jwks.json",
    },
    discovery: {
      userinfo_endpoint: `${issuer}/oauth2/v2/user_profile`,
      revocation_endpoint: `${issuer}/oauth2/revoke`,
      end_session_endpoint: `${issuer}/logout`,
    },
    responseTypes: ["code"],
    scopes: USER_SCOPES,
    claims: { openid: ["sub"] },
    clientAuthMethods: ["client_secret_post", "none"],
    // Kinde's own parameters.
    extraParams: ["audience", "start_page", "org_code", "lang"],
    pkce: { required: (_ctx, client) => client.tokenEndpointAuthMethod === "none" },
    clientBasedCORS: (_ctx, origin) => origins.has(origin),
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, _client, code) => code.scopes.has("offline"),
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      ClientCredentials: DAY,
      Grant: 15 * DAY,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 15 * DAY,
      Session: DAY,
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: RESOURCE,
          scope: USER_SCOPES.join(" "),
          accessTokenFormat: "jwt" as const,
          accessTokenTTL: accessTokenSeconds,
        }),
      },
    },
    formats: { customizers: { jwt: kindeTokens(making) } },
    // The ID token's other claims are written by routes/idToken.ts.
    findAccount: (_ctx, id) =>
      users.find(id) && { accountId: id, claims: async () => ({ sub: id }) },
    // Kinde asks for no consent: every sign-in, silent or not, gets the scopes that it requests.
    loadExistingGrant: async (ctx) => {
      const { client, session, params, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(USER_SCOPES.join(" "));
      grant.addResourceScope(RESOURCE, USER_SCOPES.join(" "));
      const id = await grant.save();
      grants.open(id, {
        userId: session.accountId,
        clientId: client.clientId,
        audience: typeof params?.audience === "string" ? [params.audience] : [],
        isExistingSession: ctx.oidc.result?.login === undefined,
      });
      return grant;
    },
    renderError: showError,
  };
}
