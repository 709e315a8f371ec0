import type { Cookies } from "@sveltejs/kit";
import { type ProfileClaims, profileClaims } from "../claims.ts";

const NAME = "silent_try";
/** The pause before the next try, so that a page that is loaded often does not burden Kinde. */
const LIFE_S = 60;

const describe = (claims: ProfileClaims) =>
  profileClaims.names.map((name) => `${name}.${claims[name]}`).join("-");

/**
 * Whether a silent sign-in was tried for these claims a moment ago. Without this check, the browser
 * would be redirected for ever.
 */
export function hasTriedSilently(cookies: Cookies, expected: ProfileClaims): boolean {
  return cookies.get(NAME) === describe(expected);
}

/** Remembers that a silent sign-in is tried for these claims now. */
export function noteSilentTry(cookies: Cookies, expected: ProfileClaims): void {
  const options = { path: "/", httpOnly: true, sameSite: "lax", maxAge: LIFE_S } as const;
  cookies.set(NAME, describe(expected), options);
}
