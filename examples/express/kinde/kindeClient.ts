import * as oauth from "oauth4webapi";
import { type AppConfig, ConfigError } from "../config.ts";
import { readOrigin } from "../readOrigin.ts";
import { createIssuerMetadata, type RequestOptions } from "./issuerMetadata.ts";
import type { KindeTokens } from "./tokens.ts";

/** The secrets that bind a callback to its sign-in. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The app's requests to Kinde's sign-in. */
export interface KindeClient {
  /** Makes the address that begins a sign-in, and the secrets that `finishSignIn` needs. */
  beginSignIn(how?: SignInKind): Promise<{ url: URL; secrets: SignInSecrets }>;
  /**
   * Exchanges the code in a callback's address for tokens.
   *
   * @throws an error that `explainFailure` explains
   */
  finishSignIn(callback: URL, secrets: SignInSecrets): Promise<KindeTokens>;
  /** Fetches new tokens. A token that Kinde does not send again stays the same. */
  refresh(tokens: KindeTokens): Promise<KindeTokens>;
  /** Returns the address that ends the session at Kinde. Makes no request. */
  logoutUrl(): URL;
}

/** "silent" shows no page: it succeeds if the browser is still signed in at Kinde. */
export type SignInKind = "login" | "register" | "silent";

const PARAMETERS: Record<SignInKind, Record<string, string>> = {
  login: {},
  register: { start_page: "registration" },
  silent: { prompt: "none" },
};

/** `offline` is Kinde's name for the scope with which it issues a refresh token. */
const SCOPE = "openid profile email offline";
const LIMIT_MS = 5_000;

/**
 * Makes the client of Kinde's sign-in: authorization code with PKCE, state and nonce.
 *
 * It does not use the Kinde SDK (@kinde-oss/kinde-typescript-sdk 2.15.1), for two reasons. With a
 * client secret, the SDK sends neither a PKCE challenge nor a nonce, so a leaked code could be used
 * in another browser. And the SDK sets no time limit for its requests.
 *
 * @param limitMs how long each request may take
 * @throws ConfigError if the domain is not an origin with https (or with http, on this machine)
 */
export function createKindeClient(
  { url, kinde }: Pick<AppConfig, "url" | "kinde">,
  limitMs: number = LIMIT_MS,
): KindeClient {
  const origin = readOrigin(kinde.domain);
  if (!origin)
    throw new ConfigError("KINDE_DOMAIN must be an https origin (http for localhost only).");
  const issuer = new URL(origin);
  const options: RequestOptions = () => ({
    signal: AbortSignal.timeout(limitMs),
    // readOrigin allows http only on this machine, for the local Kinde.
    [oauth.allowInsecureRequests]: issuer.protocol === "http:",
  });
  const metadata = createIssuerMetadata(issuer, options);
  const client: oauth.Client = { client_id: kinde.clientId };
  const authentication = oauth.ClientSecretPost(kinde.clientSecret);
  const redirectUri = `${url}/callback`;

  return {
    async beginSignIn(how = "login") {
      const { authorization_endpoint = "" } = await metadata();
      const secrets = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        codeVerifier: oauth.generateRandomCodeVerifier(),
      };
      const address = new URL(authorization_endpoint);
      const parameters = {
        client_id: kinde.clientId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: SCOPE,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(secrets.codeVerifier),
        code_challenge_method: "S256",
        ...(kinde.audience !== undefined && { audience: kinde.audience }),
        ...PARAMETERS[how],
      };
      for (const [name, value] of Object.entries(parameters)) {
        address.searchParams.set(name, value);
      }
      return { url: address, secrets };
    },

    async finishSignIn(callback, { state, nonce, codeVerifier }) {
      const server = await metadata();
      const answer = oauth.validateAuthResponse(server, client, callback, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        answer,
        redirectUri,
        codeVerifier,
        options(),
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      await oauth.validateApplicationLevelSignature(server, response, options());
      return {
        accessToken: tokens.access_token,
        idToken: tokens.id_token ?? "",
        refreshToken: tokens.refresh_token,
      };
    },

    async refresh(tokens) {
      const server = await metadata();
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        tokens.refreshToken ?? "",
        options(),
      );
      const fresh = await oauth.processRefreshTokenResponse(server, client, response);
      return {
        accessToken: fresh.access_token,
        idToken: fresh.id_token ?? tokens.idToken,
        refreshToken: fresh.refresh_token ?? tokens.refreshToken,
      };
    },

    logoutUrl() {
      // The path and the parameter are Kinde's own. They are not read from the metadata, because
      // signing out must work while Kinde cannot be reached.
      const address = new URL("/logout", issuer);
      address.searchParams.set("redirect", `${url}/`);
      return address;
    },
  };
}
