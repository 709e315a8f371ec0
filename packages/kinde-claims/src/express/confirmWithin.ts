import type { Claims, ClaimValue } from "../claims/types.ts";
import type { ConfirmClaim } from "./types.ts";

const LIMIT_MS = 5_000;

/**
 * Asks the app for the value of the claim in the database.
 *
 * @returns undefined if the value cannot be read, or not within 5 seconds
 */
export async function confirmWithin<C extends Claims>(
  confirmClaim: ConfirmClaim<C>,
  question: { readonly userId: string; readonly claim: keyof C & string },
): Promise<{ readonly value: ClaimValue | undefined } | undefined> {
  const controller = new AbortController();
  const { signal } = controller;
  const outOfTime = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const timer = setTimeout(() => controller.abort(), LIMIT_MS);
  const reading = async () => ({ value: await confirmClaim({ ...question, signal }) });
  try {
    return await Promise.race([reading().catch(() => undefined), outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}
