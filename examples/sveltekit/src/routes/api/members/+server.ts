import { json } from "@sveltejs/kit";
import { authorizeBearer } from "$lib/server/bearer";
import type { RequestHandler } from "./$types";

/** An API for clients that send a bearer token with the claim lifetime_subscriber. */
export const GET: RequestHandler = async ({ request }) => {
  const found = await authorizeBearer(request, "lifetime_subscriber");
  return "refusal" in found ? found.refusal : json({ welcome: found.userId });
};
