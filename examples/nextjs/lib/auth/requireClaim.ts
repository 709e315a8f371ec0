import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/requireUser";
import type { User } from "@/lib/auth/visitor";
import type { ProfileClaim } from "@/lib/claims/profileClaims";
import { readRow } from "@/lib/profiles/readRow";
import { freshPath, profilePath } from "@/lib/web/paths";

/** Where to redirect a user if the row does not grant the claim. */
const WHERE_TO: Readonly<Record<ProfileClaim, (here: string) => string>> = {
  profile_complete: profilePath,
  lifetime_subscriber: () => "/subscribe",
};

/**
 * Opens a page to users whose token grants the claim, without a request to Supabase. For other
 * users the row decides: if the row grants the claim, the token is only old, and is renewed. So a
 * user with an old token is not redirected to the form and back for ever.
 *
 * @param here the path of the page
 */
export async function requireClaim(claim: ProfileClaim, here: string): Promise<User> {
  const user = await requireUser(here);
  if (user.claims[claim]) return user;
  const row = await readRow(user, here);
  redirect(row?.[claim] ? freshPath(here) : WHERE_TO[claim](here));
}
