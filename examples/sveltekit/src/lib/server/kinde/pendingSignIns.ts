import type { Cookies } from "@sveltejs/kit";
import { settings } from "../settings.ts";

const LIFE_S = 600;
const STATE = /^[0-9a-f-]{36}$/;

const nameOf = (state: string) => `sign_in_${state}`;
const options = () => ({
  path: "/api/auth",
  httpOnly: true,
  sameSite: "lax" as const,
  secure: settings().ORIGIN.startsWith("https:"),
});

/**
 * Remembers that this browser began a sign-in. Each sign-in has its own cookie, whose name contains
 * the state, so that several tabs can sign in at the same time.
 *
 * @returns the state
 */
export function beginPending(cookies: Cookies, returnTo: string): string {
  const state = crypto.randomUUID();
  cookies.set(nameOf(state), returnTo, { ...options(), maxAge: LIFE_S });
  return state;
}

/**
 * Returns the path to open after the sign-in with this state, and deletes its cookie, so that each
 * sign-in works once.
 *
 * @returns undefined if this browser did not begin the sign-in, began it too long ago, or has used
 *   it already
 */
export function takePending(cookies: Cookies, state: string | null): string | undefined {
  if (state === null || !STATE.test(state)) return undefined;
  const returnTo = cookies.get(nameOf(state));
  if (returnTo !== undefined) cookies.delete(nameOf(state), options());
  return returnTo;
}
