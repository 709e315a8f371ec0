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
 * Remembers that this browser began a sign-in. Each sign-in has a cookie of its own, named by its
 * state, so that several tabs can sign in at the same time.
 *
 * @returns the state
 */
export function beginPending(cookies: Cookies, returnTo: string): string {
  const state = crypto.randomUUID();
  cookies.set(nameOf(state), returnTo, { ...options(), maxAge: LIFE_S });
  return state;
}

/** Takes back where the sign-in of this state leads to, or undefined if this browser did not begin it. */
export function takePending(cookies: Cookies, state: string | null): string | undefined {
  if (state === null || !STATE.test(state)) return undefined;
  const returnTo = cookies.get(nameOf(state));
  if (returnTo !== undefined) cookies.delete(nameOf(state), options());
  return returnTo;
}
