import { redirect } from "@sveltejs/kit";
import { profileClaims } from "$lib/claims";
import { readReturnTo } from "$lib/returnTo";
import { freshen } from "$lib/server/kinde/freshen";
import { requireUser } from "$lib/server/guards";
import { readProfile } from "$lib/server/profiles/readProfile";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = ({ url }) => {
  requireUser();
  return { returnTo: readReturnTo(url.searchParams.get("return_to")) };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const user = requireUser();
    const returnTo = readReturnTo((await request.formData()).get("return_to"));
    const row = profileClaims.read({ ...(await readProfile(user)) });
    if (await freshen(locals.session, user.id, row)) redirect(303, returnTo);
    return { isTried: true };
  },
};
