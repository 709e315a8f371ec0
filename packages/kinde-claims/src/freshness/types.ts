import type { Claims } from "../claims/types.ts";

/** The access token that the session holds now: for example, the result of `verifier.verify`. */
export interface TokenReading<C extends Claims> {
  readonly claims: C;
  /** `requireNewToken` recognizes a new token by a new `iat` or `jti`. */
  readonly payload?: { readonly iat?: unknown; readonly jti?: unknown } | undefined;
}

/**
 * The steps that `bringFreshClaims` runs. Each step may throw. The signal is aborted when the time
 * is over; the result of a step that ends later is ignored.
 */
export interface FreshnessSteps<C extends Claims> {
  /** Reads the access token that the session holds now. */
  readToken(signal: AbortSignal): TokenReading<C> | Promise<TokenReading<C>>;
  /** Tells Kinde that the claims changed. Leave it out if there is no machine application. */
  readonly refreshClaims?: ((signal: AbortSignal) => Promise<unknown>) | undefined;
  /** Refreshes the session's tokens with its refresh token. */
  refreshTokens(signal: AbortSignal): Promise<unknown>;
  /** Revokes the access token that the session holds now. */
  readonly revokeToken?: ((signal: AbortSignal) => Promise<unknown>) | undefined;
  /**
   * Signs in with `prompt=none`, without a redirect of the page, and stores the tokens. Leave it
   * out on a server, which must redirect: do that if `remaining` holds "silent".
   */
  readonly signInSilently?: ((signal: AbortSignal) => Promise<unknown>) | undefined;
}

export type FreshnessStep = keyof FreshnessSteps<Claims>;

/** One of the three ways to fresh claims, or "none" if no way was needed or tried. */
export type FreshnessRung = "none" | "refresh" | "revoke" | "silent";

/** One step that failed. */
export interface FreshnessProblem {
  readonly step: FreshnessStep;
  /** `OUT_OF_TIME`, or the `code` of the error, if it has one. */
  readonly code: string | undefined;
  readonly message: string;
}

export interface FreshnessOutcome {
  /** Whether the session's token has the expected claims now. */
  readonly arrived: boolean;
  /** The last rung that was tried; if `arrived`, the one that brought the claims. */
  readonly rung: FreshnessRung;
  /** The rungs that could still help. Empty if `arrived`. */
  readonly remaining: readonly FreshnessRung[];
  readonly ms: number;
  /** The steps that failed on the way, in order. */
  readonly problems: readonly FreshnessProblem[];
}

export interface FreshnessOptions {
  /**
   * How long all steps together may take, in milliseconds. 6,000 unless given, because a user waits
   * for a page.
   */
  readonly limitMs?: number | undefined;
  /** Fetches a new token even if the claims of the current token agree. */
  readonly requireNewToken?: boolean | undefined;
}
