import { requireClaim } from "$lib/server/guards";
import { readProfileIfPossible } from "$lib/server/profiles/readProfile";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async () => {
  const user = await requireClaim("profile_complete");
  // The token opens the page, so it opens while Supabase is down, too.
  const row = await readProfileIfPossible(user);
  return { company: row?.company ?? undefined };
};
