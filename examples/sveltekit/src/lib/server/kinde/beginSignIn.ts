import { type RequestEvent, redirect } from "@sveltejs/kit";
import { readReturnTo, withReturnTo } from "../../returnTo.ts";
import { settings } from "../settings.ts";
import { TIMEOUT_MS } from "./kindeClaims.ts";
import { observeRefusal } from "./observeRefusal.ts";
import { beginPending } from "./pendingSignIns.ts";
import { loadSdk } from "./sdk.ts";

/** The address that begins a sign-in which shows no page, if the browser is signed in at Kinde. */
export function silentSignInPath(returnTo: string): string {
  return `${withReturnTo("/api/auth/login", returnTo)}&prompt=none`;
}

/**
 * Redirects to Kinde.
 *
 * Not `handleAuth` of Kinde's SDK: it keeps `post_login_redirect_url` and the state of a sign-in in
 * objects that all requests of the process share. Two sign-ins at the same time can then exchange
 * their return paths, or both get the same state, and one of them fails.
 */
export async function beginSignIn(event: RequestEvent, how: "login" | "register"): Promise<never> {
  const { cookies, locals, url } = event;
  if (!(await isKindeThere())) redirect(303, "/sign-in-failed?code=KINDE_AWAY");
  const state = beginPending(cookies, readReturnTo(url.searchParams.get("return_to")));
  const silent = url.searchParams.get("prompt") === "none" ? { prompt: "none" } : undefined;
  const { kindeAuthClient } = await loadSdk();
  // The SDK would also store the state. It is in a cookie of its own already.
  const { session } = observeRefusal(locals.session);
  const address = await kindeAuthClient[how](
    { ...session, setSessionItem: async () => undefined },
    { state, ...(silent && { authUrlParams: silent }) },
  );
  // The SDK reads the state for the address from a shared object.
  address.searchParams.set("state", state);
  redirect(303, address.href);
}

/**
 * Shows a page that explains an outage instead of sending the browser to a server that does not
 * answer.
 */
async function isKindeThere(): Promise<boolean> {
  const discovery = `${settings().KINDE_ISSUER_URL}/.well-known/openid-configuration`;
  const answer = await fetch(discovery, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
