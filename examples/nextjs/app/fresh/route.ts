import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { requireUser } from "@/lib/auth/requireUser";
import { profileClaims } from "@/lib/claims/profileClaims";
import { freshen } from "@/lib/freshness/freshen";
import { readRow } from "@/lib/profiles/readRow";
import { answerNothing, isNavigation } from "@/lib/web/navigation";
import { freshPath, silentPath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

/**
 * Fetches a token with the claims of the row, and redirects back to the page, or to `/silent` if
 * the token still does not have them.
 */
export async function GET(request: NextRequest): Promise<Response> {
  if (!isNavigation(request)) return answerNothing();
  const returnTo = readReturnTo(request.nextUrl.searchParams.get("return_to"));
  const here = freshPath(returnTo);
  const user = await requireUser(here);
  const row = await readRow(user, here);
  const { arrived } = await freshen(user, profileClaims.read(row ?? {}));
  redirect(arrived ? returnTo : silentPath(returnTo));
}
