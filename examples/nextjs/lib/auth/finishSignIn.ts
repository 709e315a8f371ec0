import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import type { RunKindeRoute } from "@/lib/auth/RunKindeRoute";
import { readVisitor } from "@/lib/auth/visitor";
import { ensureProfile } from "@/lib/profiles/ownProfile";
import { signInFailedPath, type SignInFailure, stalePath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

/** What Kinde answers to a silent sign-in that would have to show a page (OpenID Connect, 3.1.2.6). */
const NOT_SILENTLY = new Set([
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
]);

/**
 * The callback. The SDK exchanges the code for tokens and stores them in cookies. It would answer an
 * error of Kinde's with another sign-in, and a code that it cannot use with status 500 and its reason.
 */
export async function finishSignIn(request: NextRequest, run: RunKindeRoute): Promise<Response> {
  const { searchParams } = request.nextUrl;
  const jar = await cookies();
  const error = searchParams.get("error");
  if (error !== null && NOT_SILENTLY.has(error)) {
    redirect(stalePath(readReturnTo(jar.get("post_login_redirect_url")?.value)));
  }
  if (error !== null) fail("refused", /^[a-z_]{1,40}$/.test(error) ? error : "unknown");
  const state = jar.get("ac-state-key")?.value;
  if (state === undefined || state !== searchParams.get("state")) fail("not-begun-here");

  const response = await run(request).catch((cause: unknown) => {
    fail("exchange", cause instanceof Error ? cause.name : "unknown");
  });
  if (response.status >= 400) fail("exchange");
  const visitor = await readVisitor();
  // Without this check a token that the pages refuse would lead to the sign-in and back for ever.
  if (visitor.kind === "guest") fail("token");
  if (visitor.kind === "user") {
    await ensureProfile(visitor.user).catch((cause: unknown) => {
      // Without a row the claims are false, and saving the form makes it.
      console.error(`ensure_profile failed reason=${JSON.stringify(String(cause))}`);
    });
  }
  return response;
}

function fail(reason: SignInFailure, detail = ""): never {
  console.error(`sign_in failed reason=${reason} ${detail}`.trimEnd());
  redirect(signInFailedPath(reason));
}
