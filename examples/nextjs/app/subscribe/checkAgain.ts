"use server";
import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/requireUser";
import { profileClaims } from "@/lib/claims/profileClaims";
import { freshen } from "@/lib/freshness/freshen";
import { readRow } from "@/lib/profiles/readRow";
import { silentPath } from "@/lib/web/paths";

/**
 * Opens the page Members if the account has a subscription now.
 *
 * @param checks how many earlier checks found no subscription
 * @returns the same number, with this check
 */
export async function checkAgain(checks: number): Promise<number> {
  const user = await requireUser("/subscribe");
  const row = await readRow(user, "/subscribe");
  if (!row?.lifetime_subscriber) return checks + 1;
  const { arrived } = await freshen(user, profileClaims.read(row));
  redirect(arrived ? "/members" : silentPath("/members"));
}
