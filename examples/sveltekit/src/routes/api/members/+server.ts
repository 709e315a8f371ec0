import { json } from "@sveltejs/kit";
import { authorizeBearer } from "$lib/server/bearer";
import type { RequestHandler } from "./$types";

/** For clients with a bearer token of their own. */
export const GET: RequestHandler = async ({ request }) => {
  const found = await authorizeBearer(request, "lifetime_subscriber");
  return "refusal" in found ? found.refusal : json({ welcome: found.userId });
};
