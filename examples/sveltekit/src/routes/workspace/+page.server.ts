import { requireClaim } from "$lib/server/guards";
import { readProfileIfPossible } from "$lib/server/profiles/readProfile";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async () => {
  const user = await requireClaim("profile_complete");
  // The page opens by the token, so it must also open while Supabase cannot be reached.
  const row = await readProfileIfPossible(user);
  return { company: row?.company ?? undefined };
};
