import {
  bringFreshClaims,
  type Claims,
  type FreshnessRung,
  type FreshnessSteps,
} from "kinde-claims";

/** One try: how long it waits, and whether it may revoke the token. */
interface Try {
  readonly afterMs: number;
  readonly revokes: boolean;
}

/**
 * The relay tells Kinde of a changed row within about a second. A refresh before that brings the
 * old claims. Kinde may also return the same token until it expires: only a revoked one is
 * replaced.
 */
export const PATIENT: readonly Try[] = [
  { afterMs: 0, revokes: false },
  { afterMs: 500, revokes: false },
  { afterMs: 1_000, revokes: true },
  { afterMs: 2_000, revokes: true },
  { afterMs: 3_000, revokes: true },
];
/** For a row that changed long ago. */
export const AT_ONCE: readonly Try[] = [{ afterMs: 0, revokes: true }];

/** How long all tries may take together. */
const LIMIT_MS = 12_000;

export interface Arrival {
  readonly arrived: boolean;
  /** How the claims came. It means nothing if they did not come. */
  readonly rung: FreshnessRung;
  readonly ms: number;
  /** Whether the last refresh failed: then Kinde gave no token at all. */
  readonly refreshFailed: boolean;
}

/**
 * Fetches fresh tokens until one has the expected claims. It never throws. It ends after five tries
 * and 12 seconds, whichever comes first.
 *
 * @param steps without `refreshClaims`: the app has no secret, so the relay tells Kinde
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
    // Waiting helps with an old claim. It does not help with a sign-in that has ended.
    if (refreshFailed) return result({ arrived, rung, refreshFailed });
  }
  return result({ arrived: false, rung: "none", refreshFailed: false });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
