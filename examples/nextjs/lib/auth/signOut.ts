import { NextRequest } from "next/server";
import type { RunKindeRoute } from "@/lib/auth/RunKindeRoute";

/** Ends the session in this app and at Kinde. Kinde then redirects to the overview. */
export async function signOut(request: NextRequest, run: RunKindeRoute): Promise<Response> {
  const { origin, pathname } = request.nextUrl;
  const prepared = new URL(pathname, origin);
  // The SDK puts KINDE_SITE_URL before the path. Kinde must allow that address as a logout
  // redirect URL.
  prepared.searchParams.set("post_logout_redirect_url", "/");
  return run(new NextRequest(prepared, { headers: request.headers }));
}
