import { fail } from "@sveltejs/kit";
import { readProfileForm } from "$lib/profileForm";
import { readReturnTo } from "$lib/returnTo";
import { bringFresh } from "$lib/server/bringFresh";
import { requireUser } from "$lib/server/guards";
import { log } from "$lib/server/log";
import { openProfile, type Profile } from "$lib/server/profiles/openProfile";
import { ProfileStoreError, TokenNotAcceptedError } from "$lib/server/profiles/ProfileStoreError";
import { failWithStoreError, readProfile } from "$lib/server/profiles/readProfile";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ url }) => {
  const user = requireUser();
  const row = await readProfile(user);
  const isComplete = row?.profile_complete ?? false;
  const isSaved = url.searchParams.has("saved");
  return {
    values: { full_name: row?.full_name ?? "", company: row?.company ?? "" },
    isComplete,
    returnTo: readReturnTo(url.searchParams.get("return_to")),
    isSaved,
    isStale: isSaved && isComplete !== user.claims.profile_complete,
  };
};

export const actions: Actions = {
  default: async ({ request }) => {
    const user = requireUser();
    const data = await request.formData();
    const { form: values, problems } = readProfileForm(data);
    if (Object.keys(problems).length > 0) {
      return fail(422, { values, problems, isFailed: false });
    }
    let row: Profile;
    try {
      row = await openProfile(user).save(values);
    } catch (error) {
      const isTemporary =
        error instanceof ProfileStoreError && !(error instanceof TokenNotAcceptedError);
      if (!isTemporary) failWithStoreError(error);
      log("save_profile failed", error);
      return fail(503, { values, problems, isFailed: true });
    }
    const returnTo = readReturnTo(data.get("return_to"));
    return bringFresh(user, row, returnTo === "/" ? "/profile?saved" : returnTo);
  },
};
