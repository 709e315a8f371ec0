import {
  bringFreshClaims,
  type Claims,
  type FreshnessRung,
  type FreshnessSteps,
} from "kinde-claims";

/** One try to fetch fresh claims: how long it waits first, and whether it may revoke the token. */
interface Try {
  readonly afterMs: number;
  readonly revokes: boolean;
}

/**
 * The tries after a change of the row. The relay tells Kinde about the change within about a
 * second, and an earlier refresh returns the old claims. Kinde may also return the same token until
 * it expires; then only revoking the token helps.
 */
export const PATIENT: readonly Try[] = [
  { afterMs: 0, revokes: false },
  { afterMs: 500, revokes: false },
  { afterMs: 1_000, revokes: true },
  { afterMs: 2_000, revokes: true },
  { afterMs: 3_000, revokes: true },
];
/**
 * One try that does not wait for the relay. It is used if the user only wants a new token, or if a
 * silent sign-in was tried in the last minute, because the relay has had its time then.
 */
export const AT_ONCE: readonly Try[] = [{ afterMs: 0, revokes: true }];

/** How long all tries may take together. */
const LIMIT_MS = 12_000;

export interface Arrival {
  readonly arrived: boolean;
  /** The step that brought the claims. It has no meaning if `arrived` is false. */
  readonly rung: FreshnessRung;
  readonly ms: number;
  /** Whether a refresh of the last try failed, or did not end in time. */
  readonly refreshFailed: boolean;
}

/**
 * Fetches fresh tokens until one has the expected claims. It never throws. It also ends after the
 * last try, after 12 seconds, or when a refresh fails, whichever comes first.
 *
 * @param steps the steps of `bringFreshClaims`, without `refreshClaims`: that step needs a secret,
 *   which a browser does not have, so the relay does it
 */
export async function bringClaims<C extends Claims>(
  expected: C,
  steps: Pick<FreshnessSteps<C>, "readToken" | "refreshTokens" | "revokeToken">,
  options: {
    readonly tries?: readonly Try[];
    readonly requireNewToken?: boolean;
    readonly wait?: (ms: number) => Promise<void>;
  } = {},
): Promise<Arrival> {
  const { tries = PATIENT, requireNewToken = false, wait = sleep } = options;
  const { readToken, refreshTokens, revokeToken } = steps;
  const startedAt = Date.now();
  const result = (found: Omit<Arrival, "ms">): Arrival => ({
    ...found,
    ms: Date.now() - startedAt,
  });

  for (const { afterMs, revokes } of tries) {
    if (Date.now() - startedAt + afterMs >= LIMIT_MS) break;
    await wait(afterMs);
    const { arrived, rung, problems } = await bringFreshClaims(
      expected,
      { readToken, refreshTokens, ...(revokes && { revokeToken }) },
      { requireNewToken, limitMs: LIMIT_MS - (Date.now() - startedAt) },
    );
    const refreshFailed = problems.some(({ step }) => step === "refreshTokens");
    if (arrived) return result({ arrived, rung, refreshFailed: false });
    // Another try can help if the claim is old, but not if Kinde refuses or cannot be reached.
    if (refreshFailed) return result({ arrived, rung, refreshFailed });
  }
  return result({ arrived: false, rung: "none", refreshFailed: false });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
