import { profileClaims } from "$lib/claims";
import { bringFresh } from "$lib/server/bringFresh";
import { requireUser } from "$lib/server/guards";
import { readProfile, readProfileIfPossible } from "$lib/server/profiles/readProfile";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ url }) => {
  const user = requireUser();
  const row = await readProfileIfPossible(user);
  return {
    token: user.claims,
    account: row === undefined ? undefined : profileClaims.read({ ...row }),
    payload: user.payload,
    isRefreshed: url.searchParams.has("refreshed"),
  };
};

export const actions: Actions = {
  default: async () => {
    const user = requireUser();
    const row = profileClaims.read({ ...(await readProfile(user)) });
    return bringFresh(user, row, "/token?refreshed", { requireNewToken: true });
  },
};
