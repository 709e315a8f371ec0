import { profileClaims } from "$lib/claims";
import { readProfileIfPossible } from "$lib/server/profiles/readProfile";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ locals }) => {
  const { user, isUnchecked } = locals;
  if (!user) return { isUnchecked };
  const row = await readProfileIfPossible(user);
  const account = row === undefined ? undefined : profileClaims.read({ ...row });
  return { isUnchecked, token: user.claims, account };
};
