import { readName } from "$lib/server/kinde/readName";
import type { LayoutServerLoad } from "./$types";

export const load: LayoutServerLoad = async ({ locals }) => {
  const isSignedIn = locals.user !== undefined || locals.isUnchecked;
  return { name: isSignedIn ? await readName(locals.session) : undefined };
};
