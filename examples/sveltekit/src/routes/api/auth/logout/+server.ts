import { redirect } from "@sveltejs/kit";
import { loadSdk } from "$lib/server/kinde/sdk";
import type { RequestHandler } from "./$types";

/** Only POST, which a form sends, because a link on another site must not sign a user out. */
export const POST: RequestHandler = async ({ locals }) => {
  const { kindeAuthClient } = await loadSdk();
  const address = await kindeAuthClient.logout(locals.session);
  redirect(303, address.href);
};
