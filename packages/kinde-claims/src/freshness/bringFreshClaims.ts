import { claimsAgree } from "../claims/claimsAgree.ts";
import type { Claims } from "../claims/types.ts";
import { createAttempts } from "./createAttempts.ts";
import type {
  FreshnessOptions,
  FreshnessOutcome,
  FreshnessRung,
  FreshnessSteps,
  TokenReading,
} from "./types.ts";

const LIMIT_MS = 6_000;

/**
 * Brings claims that changed into the session's access token, without a sign-in that the user
 * notices. It tries these steps until the token has the expected claims:
 *
 * 1. refresh: tell Kinde that the claims changed, and refresh the tokens;
 * 2. revoke: Kinde may return the same token until it expires, so revoke it and refresh again;
 * 3. silent: sign in with `prompt=none`. A server needs a redirect for this, so the caller must do
 *    it: `remaining` then holds "silent".
 *
 * It never throws, and ends within its time limit even if a step hangs.
 *
 * @param expected the claims that the token must have, with the values from the database; other
 *   claims may have any value
 * @example
 * ```ts
 * import { bringFreshClaims, type ManagementClient, type Verifier } from "kinde-claims";
 *
 * interface Session {
 *   readonly userId: string;
 *   accessToken: string;
 *   refreshTokens(): Promise<void>;
 * }
 *
 * export async function afterUpgrade(
 *   session: Session,
 *   verifier: Verifier<{ tier: "free" | "pro" }>,
 *   management: ManagementClient,
 * ) {
 *   const outcome = await bringFreshClaims(
 *     { tier: "pro" },
 *     {
 *       readToken: () => verifier.verify(session.accessToken),
 *       refreshClaims: (signal) => management.refreshClaims(session.userId, { signal }),
 *       refreshTokens: () => session.refreshTokens(),
 *     },
 *   );
 *   if (outcome.arrived) return "done";
 *   return outcome.remaining.includes("silent") ? "redirect with prompt=none" : "try later";
 * }
 * ```
 */
export async function bringFreshClaims<C extends Claims>(
  expected: Partial<NoInfer<C>>,
  steps: FreshnessSteps<C>,
  { limitMs = LIMIT_MS, requireNewToken = false }: FreshnessOptions = {},
): Promise<FreshnessOutcome> {
  const startedAt = Date.now();
  const attempts = createAttempts(limitMs);
  const read = async () =>
    (
      await attempts.run("readToken", async (signal) => {
        const token = await steps.readToken(signal);
        if (!token?.claims) throw new TypeError("readToken returned no claims");
        return token;
      })
    )?.value;
  const before = await read();
  const isFresh = (token: TokenReading<C> | undefined): boolean =>
    token !== undefined &&
    claimsAgree<C>(token.claims, expected) &&
    !(requireNewToken && before !== undefined && identityOf(token) === identityOf(before));

  async function climbRefresh(): Promise<boolean> {
    // A refresh may help even if this step fails.
    await attempts.run("refreshClaims", (signal) => steps.refreshClaims?.(signal));
    return refreshAndCheck();
  }
  async function climbRevoke(): Promise<boolean> {
    const revoked = await attempts.run("revokeToken", (signal) => steps.revokeToken?.(signal));
    return revoked !== undefined && (await refreshAndCheck());
  }
  async function climbSilent(): Promise<boolean> {
    const done = await attempts.run("signInSilently", (signal) => steps.signInSilently?.(signal));
    return done !== undefined && isFresh(await read());
  }
  const refreshAndCheck = async () =>
    (await attempts.run("refreshTokens", (signal) => steps.refreshTokens(signal))) !== undefined &&
    isFresh(await read());

  const rungs: [FreshnessRung, () => Promise<boolean>][] = [["refresh", climbRefresh]];
  if (steps.revokeToken) rungs.push(["revoke", climbRevoke]);
  if (steps.signInSilently) rungs.push(["silent", climbSilent]);
  const remaining = rungs.map(([name]) => name);
  // Without `signInSilently`, the caller can still sign in silently with a redirect.
  if (!steps.signInSilently) remaining.push("silent");

  let rung: FreshnessRung = "none";
  let arrived = isFresh(before);
  for (const [name, climb] of rungs) {
    if (arrived || attempts.isOutOfTime) break;
    rung = name;
    remaining.shift();
    arrived = await climb();
  }
  attempts.end();
  return {
    arrived,
    rung,
    remaining: arrived ? [] : remaining,
    ms: Date.now() - startedAt,
    problems: [...attempts.problems],
  };
}

function identityOf({ payload }: TokenReading<Claims>): string {
  return `${payload?.jti} ${payload?.iat}`;
}
