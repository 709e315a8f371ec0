import { redirect } from "@sveltejs/kit";
import { failWith } from "$lib/server/web/failWith";
import type { PageServerLoad } from "./$types";

/**
 * Says why a sign-in could not begin or failed. The callback redirects here, because the callback's
 * own address works only once.
 */
export const load: PageServerLoad = ({ url }) => {
  const code = url.searchParams.get("code");
  if (code === "NOT_BEGUN_HERE" || code === "REFUSED") failWith(400, code);
  if (code === "NO_ANSWER" || code === "KINDE_AWAY") failWith(503, code);
  redirect(303, "/");
};
