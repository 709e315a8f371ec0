import { type ProfileClaims, sameClaims } from "../tokens/readProfileClaims.ts";

/** What the ladder climbs with; each is one request to Kinde, and may throw. */
export interface FreshnessSteps {
  /** The claims in the access token that the session holds now. */
  readClaims(): Promise<ProfileClaims>;
  /** `POST /api/v1/users/{id}/refresh_claims`; absent without a machine client. */
  refreshClaims?: (() => Promise<void>) | undefined;
  /** Fetches new tokens with the session's refresh token. */
  refreshTokens(): Promise<void>;
  /** Revokes the access token that the session holds now. */
  revokeToken(): Promise<void>;
  /**
   * Whether the session's token is another one than at the start. Given when the user wants a new
   * token even though the claims agree: then only a new token has arrived.
   */
  isNewToken?: (() => boolean) | undefined;
}

export type FreshnessStep = "none" | "refresh" | "revoke" | "silent";

export interface FreshnessOutcome {
  /** Whether the token now says what the database says. */
  readonly arrived: boolean;
  /** The last step that was taken: the one that did it, if `arrived`. */
  readonly step: FreshnessStep;
  readonly ms: number;
  /** What went wrong on the way, in order. For the log. */
  readonly problems: readonly string[];
}

/** No step is begun after this long: somebody is waiting for a page. */
const LIMIT_MS = 6_000;

/**
 * Brings the claims of the database into the session's token, without a sign-in: tells Kinde that
 * they have changed and refreshes; if the token is still the old one, revokes it and refreshes
 * again. When neither helps, a silent sign-in (`prompt=none`) is left, which takes a redirect and so
 * is the caller's.
 *
 * @param expected what the row in the database says; the caller has just read or written it
 * @returns what happened. Never throws, and says `arrived` only of a token that was looked at.
 */
export async function bringFreshClaims(
  expected: ProfileClaims,
  steps: FreshnessSteps,
  limitMs: number = LIMIT_MS,
): Promise<FreshnessOutcome> {
  const startedAt = Date.now();
  const problems: string[] = [];

  async function attempt(action: () => Promise<void>): Promise<boolean> {
    if (Date.now() - startedAt > limitMs) {
      problems.push("no time left");
      return false;
    }
    try {
      await action();
      return true;
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return false;
    }
  }
  async function arrived(): Promise<boolean> {
    let same = false;
    await attempt(async () => {
      same = (steps.isNewToken?.() ?? true) && sameClaims(await steps.readClaims(), expected);
    });
    return same;
  }
  const outcome = (step: FreshnessStep, done: boolean): FreshnessOutcome => ({
    arrived: done,
    step,
    ms: Date.now() - startedAt,
    problems,
  });

  if (await arrived()) return outcome("none", true);
  // A refresh is worth trying also when Kinde could not be told.
  if (steps.refreshClaims) await attempt(steps.refreshClaims);
  if ((await attempt(steps.refreshTokens)) && (await arrived())) return outcome("refresh", true);

  if (!(await attempt(steps.revokeToken))) return outcome("refresh", false);
  const refreshed = await attempt(steps.refreshTokens);
  return outcome("revoke", refreshed && (await arrived()));
}
