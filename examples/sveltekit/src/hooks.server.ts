import type { Handle, HandleServerError, ServerInit } from "@sveltejs/kit";
import { sequence } from "@sveltejs/kit/hooks";
import { loadUser } from "$lib/server/kinde/loadUser";
import { log } from "$lib/server/log";
import { SettingsError, settings } from "$lib/server/settings";
import { securityHeaders } from "$lib/server/web/securityHeaders";

/** If a variable is missing or wrong, prints one sentence and ends the server. */
export const init: ServerInit = () => {
  try {
    settings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
};

export const handle: Handle = sequence(securityHeaders, loadUser);

export const handleError: HandleServerError = ({ error, status, event }) => {
  if (status !== 404) log(`error path=${event.url.pathname}`, error);
  return { message: status === 404 ? "There is no such page" : "Something went wrong here" };
};
