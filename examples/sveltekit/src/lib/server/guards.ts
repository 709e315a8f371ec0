import { getRequestEvent } from "$app/server";
import { redirect } from "@sveltejs/kit";
import { type ProfileClaim, profileClaims } from "../claims.ts";
import { withReturnTo } from "../returnTo.ts";
import { silentSignInPath } from "./kinde/beginSignIn.ts";
import { freshen } from "./kinde/freshen.ts";
import { readUser, type User } from "./kinde/readUser.ts";
import { readProfile } from "./profiles/readProfile.ts";
import { hasTriedSilently, noteSilentTry } from "./silentTry.ts";
import { failWith } from "./web/failWith.ts";

/** The guard of a page for signed-in users. Other visitors are redirected to the sign-in. */
export function requireUser(): User {
  const { locals, url } = getRequestEvent();
  if (locals.isUnchecked) failWith(503, "KINDE_AWAY");
  if (locals.user) return locals.user;
  return redirect(303, withReturnTo("/api/auth/login", url.pathname + url.search));
}

/**
 * The guard of a page that needs a claim. It opens the page to users whose token grants the claim,
 * without a request to Supabase. For other users the row decides: if the row grants the claim, the
 * token is only old, and is renewed at once. So a user with an old token is not redirected to the
 * form and back for ever.
 */
export async function requireClaim(claim: ProfileClaim): Promise<User> {
  const { cookies, locals, url } = getRequestEvent();
  const user = requireUser();
  if (user.claims[claim]) return user;

  const here = url.pathname + url.search;
  const row = await readProfile(user);
  if (!row?.[claim]) {
    redirect(303, claim === "profile_complete" ? withReturnTo("/profile", here) : "/subscribe");
  }
  const expected = profileClaims.read({ ...row });
  if (hasTriedSilently(cookies, expected)) redirect(303, withReturnTo("/stale", here));
  if (await freshen(locals.session, user.id, expected)) {
    locals.user = await readUser(locals.session);
    return requireUser();
  }
  noteSilentTry(cookies, expected);
  redirect(303, silentSignInPath(here));
}
