import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import type { Handle, RequestEvent } from "@sveltejs/kit";
import { log } from "../log.ts";
import { KindeAwayError } from "./KindeAwayError.ts";
import { readUser } from "./readUser.ts";
import { loadSdk } from "./sdk.ts";

/** Reads who is signed in, for every page. The guards decide what that means. */
export const loadUser: Handle = async ({ event, resolve }) => {
  event.locals.session = await sessionOf(event);
  event.locals.isUnchecked = false;
  // Nothing under /api needs the user: its clients send a bearer token, and no cookies.
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

/** Kinde's SDK makes a session manager of the request. Its types do not say so. */
async function sessionOf(event: RequestEvent): Promise<SessionManager> {
  const { sessionHooks } = await loadSdk();
  type SdkEvent = Parameters<typeof sessionHooks>[0]["event"];
  const made = event as unknown as SdkEvent;
  await sessionHooks({ event: made });
  return made.request;
}
