import { requireClaim } from "$lib/server/guards";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async () => {
  await requireClaim("lifetime_subscriber");
};
