import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { requireUser } from "@/lib/auth/requireUser";
import { profileClaims } from "@/lib/claims/profileClaims";
import { noteSilentSignIn } from "@/lib/freshness/silentSignIn";
import { readRow } from "@/lib/profiles/readRow";
import { answerNothing, isNavigation } from "@/lib/web/navigation";
import { silentPath, silentSignInPath, stalePath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

/**
 * The last step to a fresh claim: a silent sign-in, which shows no page (`prompt=none`). If one was
 * tried a moment ago, redirects to `/stale`.
 */
export async function GET(request: NextRequest): Promise<Response> {
  if (!isNavigation(request)) return answerNothing();
  const returnTo = readReturnTo(request.nextUrl.searchParams.get("return_to"));
  const here = silentPath(returnTo);
  const row = await readRow(await requireUser(here), here);
  const isNew = await noteSilentSignIn(profileClaims.read(row ?? {}));
  redirect(isNew ? silentSignInPath(returnTo) : stalePath(returnTo));
}
