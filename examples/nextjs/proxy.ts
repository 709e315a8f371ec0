import { withAuth } from "@kinde-oss/kinde-auth-nextjs/middleware";
import { type NextRequest, NextResponse } from "next/server";
import { isTokenAboutToExpire } from "@/lib/auth/isTokenAboutToExpire";
import { answerNothing, isNavigation } from "@/lib/web/navigation";
import { readReturnTo } from "@/lib/web/readReturnTo";
import { STATUS_PAGES } from "@/lib/web/statusPages";

/**
 * Runs before every page. A page can neither set cookies nor choose its status, so both are done
 * here: a token that is about to expire is refreshed, and the pages that report a problem get its
 * status. Who may see a page is decided in the page.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const statusPage = STATUS_PAGES[request.nextUrl.pathname];
  if (statusPage) {
    // Only a document has a status and tries again by itself.
    if (!isNavigation(request)) return answerNothing();
    const response = NextResponse.rewrite(request.nextUrl, { status: statusPage.status });
    if (statusPage.retryS) {
      const returnTo = readReturnTo(request.nextUrl.searchParams.get("return_to"));
      response.headers.set("Retry-After", String(statusPage.retryS));
      response.headers.set("Refresh", `${statusPage.retryS}; url=${returnTo}`);
    }
    return response;
  }
  if (!(await isTokenAboutToExpire())) return NextResponse.next();
  // With every path public, withAuth refreshes the tokens and redirects nowhere.
  const refreshed = await withAuth(request, { publicPaths: [/^/] });
  return refreshed instanceof Response ? refreshed : NextResponse.next();
}

/** The pages: no route handlers under /api, no files, and no prefetches, which must not refresh. */
export const config = {
  matcher: [
    {
      source: "/((?!_next/|api/|.*\\.).*)",
      missing: [
        { type: "header", key: "next-router-prefetch" },
        { type: "header", key: "purpose", value: "prefetch" },
      ],
    },
  ],
};
