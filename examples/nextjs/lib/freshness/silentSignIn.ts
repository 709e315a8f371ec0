import { cookies } from "next/headers";
import type { ProfileClaims } from "@/lib/claims/profileClaims";
import { settings } from "@/lib/settings";

const COOKIE = "silent_sign_in";
/**
 * The pause before another silent sign-in, if the last one did not help. Without a pause the
 * browser would be redirected for ever.
 */
const AGAIN_AFTER_S = 60;

/**
 * Remembers in a cookie that a silent sign-in is tried for these claims.
 *
 * @returns false if it was tried for the same claims a moment ago
 */
export async function noteSilentSignIn(expected: ProfileClaims): Promise<boolean> {
  const jar = await cookies();
  const value = JSON.stringify(expected);
  if (jar.get(COOKIE)?.value === value) return false;
  jar.set(COOKIE, value, {
    maxAge: AGAIN_AFTER_S,
    httpOnly: true,
    sameSite: "lax",
    secure: settings().KINDE_SITE_URL.startsWith("https:"),
  });
  return true;
}
