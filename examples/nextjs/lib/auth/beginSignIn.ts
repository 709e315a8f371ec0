import { redirect } from "next/navigation";
import { NextRequest } from "next/server";
import type { RunKindeRoute } from "@/lib/auth/RunKindeRoute";
import { isKindeReachable } from "@/lib/kinde/isKindeReachable";
import { signInPath, unavailablePath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

/**
 * Redirects to Kinde's sign-in or registration page, or to `/unavailable` if Kinde does not answer.
 * The SDK would redirect to any address after the sign-in, and would pass every parameter on to
 * Kinde. So this function passes only a path of this app and `prompt=none` to the SDK.
 */
export async function beginSignIn(request: NextRequest, run: RunKindeRoute): Promise<Response> {
  const { searchParams, origin, pathname } = request.nextUrl;
  const returnTo = readReturnTo(searchParams.get("post_login_redirect_url"));
  if (!(await isKindeReachable())) redirect(unavailablePath("kinde", signInPath(returnTo)));
  const prepared = new URL(pathname, origin);
  prepared.searchParams.set("post_login_redirect_url", returnTo);
  if (searchParams.get("prompt") === "none") prepared.searchParams.set("prompt", "none");
  return run(new NextRequest(prepared, { headers: request.headers }));
}
