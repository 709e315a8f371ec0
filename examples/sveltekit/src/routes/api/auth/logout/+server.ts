import { redirect } from "@sveltejs/kit";
import { loadSdk } from "$lib/server/kinde/sdk";
import type { RequestHandler } from "./$types";

/** A form only, because a link of another site must not sign anybody out. */
export const POST: RequestHandler = async ({ locals }) => {
  const { kindeAuthClient } = await loadSdk();
  const address = await kindeAuthClient.logout(locals.session);
  redirect(303, address.href);
};
