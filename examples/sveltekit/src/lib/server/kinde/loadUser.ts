import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import type { Handle, RequestEvent } from "@sveltejs/kit";
import { log } from "../log.ts";
import { KindeAwayError } from "./KindeAwayError.ts";
import { readUser } from "./readUser.ts";
import { loadSdk } from "./sdk.ts";

/** Reads the signed-in user for every page. The guards decide which pages the user may open. */
export const loadUser: Handle = async ({ event, resolve }) => {
  event.locals.session = await sessionOf(event);
  event.locals.isUnchecked = false;
  // Nothing under /api/ needs the user: /api/auth/ works with the session, and the clients of the
  // other routes send a bearer token, and no cookies.
  if (!event.url.pathname.startsWith("/api/")) {
    try {
      event.locals.user = await readUser(event.locals.session);
    } catch (error) {
      if (!(error instanceof KindeAwayError)) throw error;
      log("unavailable", error);
      event.locals.isUnchecked = true;
    }
  }
  return resolve(event);
};

/** Kinde's SDK turns the request into a session manager, which its types do not say. */
async function sessionOf(event: RequestEvent): Promise<SessionManager> {
  const { sessionHooks } = await loadSdk();
  type SdkEvent = Parameters<typeof sessionHooks>[0]["event"];
  const made = event as unknown as SdkEvent;
  await sessionHooks({ event: made });
  return made.request;
}
