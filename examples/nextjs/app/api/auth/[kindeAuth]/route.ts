import { handleAuth } from "@kinde-oss/kinde-auth-nextjs/server";
import type { NextRequest } from "next/server";
import { beginSignIn } from "@/lib/auth/beginSignIn";
import { finishSignIn } from "@/lib/auth/finishSignIn";
import { signOut } from "@/lib/auth/signOut";
import { answerNothing, isNavigation } from "@/lib/web/navigation";

/**
 * The routes of Kinde's SDK that a browser needs. The route `setup` is left out, because it would
 * give the tokens to every script of the page.
 */
const ROUTES: Readonly<Record<string, typeof beginSignIn>> = {
  login: beginSignIn,
  register: beginSignIn,
  kinde_callback: finishSignIn,
  logout: signOut,
};

export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ kindeAuth: string }> },
): Promise<Response> {
  if (!isNavigation(request)) return answerNothing();
  const { kindeAuth } = await params;
  const route = Object.hasOwn(ROUTES, kindeAuth) ? ROUTES[kindeAuth] : undefined;
  if (!route) return new Response("There is no such page.", { status: 404 });
  // handleAuth reads the environment variables. It is called for each request and not while the
  // module loads, because a build loads the module without variables.
  return route(request, (prepared) => handleAuth()(prepared, { params }));
}
