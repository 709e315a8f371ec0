import { type RequestEvent, redirect } from "@sveltejs/kit";
import { readReturnTo, withReturnTo } from "../../returnTo.ts";
import { settings } from "../settings.ts";
import { TIMEOUT_MS } from "./kindeClaims.ts";
import { observeRefusal } from "./observeRefusal.ts";
import { beginPending } from "./pendingSignIns.ts";
import { loadSdk } from "./sdk.ts";

/**
 * The path that begins a silent sign-in: Kinde shows no page, and returns an error if the user is
 * not signed in there.
 */
export function silentSignInPath(returnTo: string): string {
  return `${withReturnTo("/api/auth/login", returnTo)}&prompt=none`;
}

/**
 * Redirects to Kinde.
 *
 * It does not use `handleAuth` of Kinde's SDK, because that keeps `post_login_redirect_url` and the
 * state of a sign-in in objects that all requests of the process share. Two sign-ins at the same
 * time can then exchange their return paths, or both get the same state, so that one of them fails.
 */
export async function beginSignIn(event: RequestEvent, how: "login" | "register"): Promise<never> {
  const { cookies, locals, url } = event;
  if (!(await isKindeThere())) redirect(303, "/sign-in-failed?code=KINDE_AWAY");
  const state = beginPending(cookies, readReturnTo(url.searchParams.get("return_to")));
  const silent = url.searchParams.get("prompt") === "none" ? { prompt: "none" } : undefined;
  const { kindeAuthClient } = await loadSdk();
  // The SDK would also store the state, but `beginPending` has stored it in its own cookie already.
  const { session } = observeRefusal(locals.session);
  const address = await kindeAuthClient[how](
    { ...session, setSessionItem: async () => undefined },
    { state, ...(silent && { authUrlParams: silent }) },
  );
  // The SDK may have put the state of another sign-in into the address: it reads the state from an
  // object that all requests share.
  address.searchParams.set("state", state);
  redirect(303, address.href);
}

/**
 * Whether Kinde answers. If not, the app shows a page that explains the outage, and does not send
 * the browser to Kinde.
 */
async function isKindeThere(): Promise<boolean> {
  const discovery = `${settings().KINDE_ISSUER_URL}/.well-known/openid-configuration`;
  const answer = await fetch(discovery, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
