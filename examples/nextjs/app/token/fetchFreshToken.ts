"use server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { FreshnessRung } from "kinde-claims";
import { requireUser } from "@/lib/auth/requireUser";
import { profileClaims } from "@/lib/claims/profileClaims";
import { freshen } from "@/lib/freshness/freshen";
import { readRow } from "@/lib/profiles/readRow";
import { silentPath } from "@/lib/web/paths";

/** How a fresh token was fetched. */
export interface FreshToken {
  readonly rung: FreshnessRung;
  readonly ms: number;
  /** When it was fetched, in milliseconds since 1970. */
  readonly at: number;
}

/** Fetches a new token with the claims that the row grants now. */
export async function fetchFreshToken(): Promise<FreshToken> {
  const user = await requireUser("/token");
  const row = await readRow(user, "/token");
  const expected = profileClaims.read(row ?? {});
  const { arrived, rung, ms } = await freshen(user, expected, { requireNewToken: true });
  if (!arrived) redirect(silentPath("/token"));
  refresh();
  return { rung, ms, at: Date.now() };
}
