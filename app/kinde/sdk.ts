import {
  type ACClient,
  createKindeServerClient,
  GrantType,
  type SessionManager,
  validateClientSecret,
} from "@kinde-oss/kinde-typescript-sdk";
import { decodeJwt } from "jose";
import { type AppConfig, ConfigError } from "../config.ts";
import type { Session } from "../web/sessions.ts";

/**
 * Makes the function that gives a Kinde client. One for each use: the SDK keeps the state of the
 * sign-in in the client itself, and two users who sign in at once would get each other's.
 *
 * @throws ConfigError for a client secret that is none. The SDK would find out at the first sign-in,
 *   and put the secret into the message of its error.
 */
export function createSdk({ url, kinde }: AppConfig): () => ACClient {
  if (!validateClientSecret(kinde.clientSecret)) {
    throw new ConfigError(
      "KINDE_CLIENT_SECRET is no client secret of Kinde's, which has 40 to 60 letters and digits.",
    );
  }
  return () =>
    createKindeServerClient(GrantType.AUTHORIZATION_CODE, {
      authDomain: kinde.domain,
      clientId: kinde.clientId,
      clientSecret: kinde.clientSecret,
      redirectURL: `${url}/callback`,
      logoutRedirectURL: `${url}/`,
      scope: "openid profile email offline",
      ...(kinde.audience !== undefined && { audience: kinde.audience }),
    });
}

/** What the SDK reads and writes its tokens with. */
export function sessionManager(items: Map<string, unknown>): SessionManager {
  return {
    getSessionItem: async (key) => items.get(key) ?? null,
    setSessionItem: async (key, value) => void items.set(key, value),
    removeSessionItem: async (key) => void items.delete(key),
    destroySession: async () => items.clear(),
  };
}

const TOKENS = ["access_token", "id_token", "refresh_token"];
const LIMIT_MS = 5_000;

/**
 * The SDK's refresh, once at a time for each session: Kinde's refresh tokens are good for one use,
 * and the second of two requests would end the sign-in. It works on a copy, because the SDK throws
 * all tokens away when Kinde answers with an error, also those that are still good.
 */
export function refreshTokens(session: Session, sdk: ACClient): Promise<void> {
  session.refreshing ??= (async () => {
    const items = new Map(session.kinde);
    await sdk.refreshTokens(sessionManager(items));
    for (const key of TOKENS) session.kinde.set(key, items.get(key));
  })().finally(() => {
    session.refreshing = undefined;
  });
  // The waiting ends; the refresh goes on and is kept when it comes.
  return Promise.race([session.refreshing, timeout()]);
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("Kinde did not answer in time")), LIMIT_MS).unref();
  });
}

/** The access token that the session holds. */
export function accessTokenOf(session: Session): string | undefined {
  const token = session.kinde.get("access_token");
  return typeof token === "string" ? token : undefined;
}

/** The user's name, for a greeting: from the ID token, which the SDK checked when it came. */
export function nameOf(session: Session): string {
  const token = session.kinde.get("id_token");
  const { given_name, email } = typeof token === "string" ? decodeJwt(token) : {};
  return String(given_name || email || "there");
}
