import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import type { RunKindeRoute } from "@/lib/auth/RunKindeRoute";
import { readVisitor } from "@/lib/auth/visitor";
import { ensureProfile } from "@/lib/profiles/ownProfile";
import { signInFailedPath, type SignInFailure, stalePath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

/** Kinde's errors for a silent sign-in that would need a page (OpenID Connect Core, 3.1.2.6). */
const NOT_SILENTLY = new Set([
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
]);

/**
 * Handles the callback. The SDK exchanges the code for tokens and stores them in cookies. The
 * failures are handled here: after an error of Kinde, the SDK would begin another sign-in, and if
 * it could not use the code, it would answer 500 with the reason.
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
  // Without this check, pages that refuse the token would redirect to the sign-in for ever.
  if (visitor.kind === "guest") fail("token");
  if (visitor.kind === "user") {
    await ensureProfile(visitor.user).catch((cause: unknown) => {
      // The sign-in goes on: without a row the claims are false, and saving the form makes the row.
      console.error(`ensure_profile failed reason=${JSON.stringify(String(cause))}`);
    });
  }
  return response;
}

function fail(reason: SignInFailure, detail = ""): never {
  console.error(`sign_in failed reason=${reason} ${detail}`.trimEnd());
  redirect(signInFailedPath(reason));
}
