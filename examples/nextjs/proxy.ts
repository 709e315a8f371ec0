import { withAuth } from "@kinde-oss/kinde-auth-nextjs/middleware";
import { type NextRequest, NextResponse } from "next/server";
import { isTokenAboutToExpire } from "@/lib/auth/isTokenAboutToExpire";
import { answerNothing, isNavigation } from "@/lib/web/navigation";
import { readReturnTo } from "@/lib/web/readReturnTo";
import { STATUS_PAGES } from "@/lib/web/statusPages";

/**
 * Runs before every page, because a page can neither set cookies nor choose its status. It
 * refreshes a token that is about to expire, and sets the status of the pages that report a
 * problem. The page itself decides who may see it.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const statusPage = STATUS_PAGES[request.nextUrl.pathname];
  if (statusPage) {
    // The status and the header Refresh work only if the browser itself loads the page.
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
  // Every path is public for withAuth, so it only refreshes the tokens and never redirects.
  const refreshed = await withAuth(request, { publicPaths: [/^/] });
  return refreshed instanceof Response ? refreshed : NextResponse.next();
}

/** Matches pages, but not /api, files, or prefetches. A prefetch must not refresh the tokens. */
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
