import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/requireUser";
import type { User } from "@/lib/auth/visitor";
import type { ProfileClaim } from "@/lib/claims/profileClaims";
import { readRow } from "@/lib/profiles/readRow";
import { freshPath, profilePath } from "@/lib/web/paths";

/** Where a user goes whose row does not grant the claim. */
const WHERE_TO: Readonly<Record<ProfileClaim, (here: string) => string>> = {
  profile_complete: profilePath,
  lifetime_subscriber: () => "/subscribe",
};

/**
 * Opens a page to users whose token grants the claim, without a request to any service. For the
 * others the row decides, never the claim alone: a token that is merely old is renewed. So a user
 * with an old token is not redirected in a circle.
 *
 * @param here the path of the page
 */
export async function requireClaim(claim: ProfileClaim, here: string): Promise<User> {
  const user = await requireUser(here);
  if (user.claims[claim]) return user;
  const row = await readRow(user, here);
  redirect(row?.[claim] ? freshPath(here) : WHERE_TO[claim](here));
}
