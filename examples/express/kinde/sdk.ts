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
