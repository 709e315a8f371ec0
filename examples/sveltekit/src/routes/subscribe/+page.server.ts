import { redirect } from "@sveltejs/kit";
import { requireUser } from "$lib/server/guards";
import { readProfile } from "$lib/server/profiles/readProfile";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = () => {
  requireUser();
};

export const actions: Actions = {
  default: async () => {
    const row = await readProfile(requireUser());
    // The guard of the page Members brings the claim into the token.
    if (row?.lifetime_subscriber) redirect(303, "/members");
    return { isChecked: true };
  },
};
