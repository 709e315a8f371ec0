import { decodeJwt } from "jose";

declare module "express-session" {
  interface SessionData {
    /** The signed-in user. */
    userId: string;
    kinde?: KindeSession | undefined;
  }
}

/** The tokens of one sign-in. */
export interface KindeTokens {
  readonly accessToken: string;
  readonly idToken: string;
  /** Absent when Kinde did not grant the scope `offline`. */
  readonly refreshToken?: string | undefined;
}

/** The data that this folder keeps in a session. It is plain JSON data. */
export interface KindeSession {
  /** Absent after Kinde refused a refresh, or sent a new token that is not valid. */
  readonly tokens?: KindeTokens | undefined;
  /** When the tokens were last changed, in milliseconds. */
  readonly changedAt: number;
}

/** The part of a session that this folder uses. */
export interface HoldsTokens {
  kinde?: KindeSession | undefined;
}

/** Makes the part of a session that holds these tokens. */
export function toKindeSession(tokens: KindeTokens | undefined): KindeSession {
  return { ...(tokens && { tokens }), changedAt: Date.now() };
}

/** Stores tokens in the session, or removes them. */
export function keepTokens(session: HoldsTokens, tokens: KindeTokens | undefined): void {
  session.kinde = toKindeSession(tokens);
}

/** The access token that the session holds. */
export function accessTokenOf(session: HoldsTokens): string | undefined {
  return session.kinde?.tokens?.accessToken;
}

/**
 * The user's first name, or their email address, from the ID token. If it has neither, "there", as
 * in "Hello, there". The ID token was validated when it came from Kinde, so it is not verified here
 * again.
 */
export function nameOf(session: HoldsTokens): string {
  const idToken = session.kinde?.tokens?.idToken;
  const { given_name, email } = idToken === undefined ? {} : decodeJwt(idToken);
  return String(given_name || email || "there");
}
