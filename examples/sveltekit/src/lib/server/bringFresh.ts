import { getRequestEvent } from "$app/server";
import { redirect } from "@sveltejs/kit";
import { type ProfileClaims, profileClaims } from "../claims.ts";
import { silentSignInPath } from "./kinde/beginSignIn.ts";
import { freshen } from "./kinde/freshen.ts";
import type { User } from "./kinde/readUser.ts";
import { noteSilentTry } from "./silentTry.ts";

/**
 * Brings the claims of a row into the token, and redirects to the next page. If the token still
 * does not have the claims, the redirect goes through a silent sign-in. Call it in a form action.
 */
export async function bringFresh(
  user: User,
  row: ProfileClaims,
  next: string,
  options?: { readonly requireNewToken?: boolean },
): Promise<never> {
  const { cookies, locals } = getRequestEvent();
  const expected = profileClaims.read({ ...row });
  if (await freshen(locals.session, user.id, expected, options)) redirect(303, next);
  noteSilentTry(cookies, expected);
  redirect(303, silentSignInPath(next));
}
