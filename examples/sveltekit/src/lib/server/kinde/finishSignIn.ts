import { type RequestEvent, redirect } from "@sveltejs/kit";
import type { ProblemCode } from "../../problems.ts";
import { log } from "../log.ts";
import { openProfile } from "../profiles/openProfile.ts";
import { withinTime } from "./KindeAwayError.ts";
import { observeRefusal } from "./observeRefusal.ts";
import { takePending } from "./pendingSignIns.ts";
import { readUser } from "./readUser.ts";
import { loadSdk } from "./sdk.ts";

/** The name under which the SDK looks for the state of a sign-in. */
const STATE_ITEM = "ac-state-key";
const LIMIT_MS = 10_000;
/** Kinde's errors for a silent sign-in that would need a page (OpenID Connect Core, 3.1.2.6). */
const NOT_SILENT = new Set([
  "login_required",
  "interaction_required",
  "account_selection_required",
  "consent_required",
]);

/**
 * Handles the callback: exchanges Kinde's code for tokens, and redirects to the page where the
 * sign-in was begun.
 */
export async function finishSignIn({ cookies, locals, url }: RequestEvent): Promise<never> {
  const state = url.searchParams.get("state");
  const returnTo = takePending(cookies, state);
  const problem = url.searchParams.get("error");
  if (state === null || returnTo === undefined) fail(problem === null ? "NOT_BEGUN_HERE" : "REFUSED");
  // After a silent sign-in that failed, the old token is still valid. The next page finds that the
  // token's claims are old, and says so.
  if (problem !== null && NOT_SILENT.has(problem)) redirect(303, returnTo);
  if (problem !== null) fail("REFUSED");

  const { session, isRefused } = observeRefusal(locals.session, { [STATE_ITEM]: state });
  const { kindeAuthClient } = await loadSdk();
  try {
    const exchange = kindeAuthClient.handleRedirectToApp(session, url);
    await withinTime("exchanging the code", LIMIT_MS, exchange);
  } catch {
    // The messages of the SDK's errors can hold the state, so the log gets only the problem's code.
    fail(isRefused() ? "REFUSED" : "NO_ANSWER");
  }
  const user = await readUser(locals.session).catch(() => undefined);
  if (!user) fail("NO_ANSWER");
  try {
    await openProfile(user).ensure();
  } catch (error) {
    // The sign-in goes on: without a row the claims are false, and saving the form makes the row.
    log("ensure_profile failed", error);
  }
  redirect(303, returnTo);
}

/** Redirects to a page that can be loaded again, because the callback works only once. */
function fail(code: ProblemCode): never {
  log(`sign_in failed code=${code}`);
  redirect(303, `/sign-in-failed?code=${code}`);
}
