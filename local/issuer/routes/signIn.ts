import type Router from "@koa/router";
import type { RouteMiddleware } from "@koa/router";
import { type NewAccount, signInPage } from "../pages/signIn.ts";
import type { UserDirectory } from "../users.ts";
import { readForm } from "./body.ts";
import type { RouteParts } from "./routes.ts";

/**
 * The sign-in page. It signs the browser in as the selected or the new user, without a password.
 */
export function addSignIn(router: Router, { provider, users }: RouteParts): void {
  const show: RouteMiddleware = async (ctx) => render(ctx);

  async function render(
    ctx: Parameters<RouteMiddleware>[0],
    failed?: { problem: string; account?: NewAccount },
  ): Promise<void> {
    const { params, uid } = await provider.interactionDetails(ctx.req, ctx.res);
    const register = params.start_page === "registration";
    ctx.type = "html";
    ctx.set("Cache-Control", "no-store");
    ctx.status = failed ? 422 : 200;
    ctx.body = signInPage({ uid, users: users.list(), register, ...failed });
  }

  const submit: RouteMiddleware = async (ctx) => {
    // Throws unless this browser began the sign-in: another site's page must not create users.
    await provider.interactionDetails(ctx.req, ctx.res);
    const form = await readForm(ctx);
    const chosen = users.find(form.get("user") ?? "");
    if (form.has("user") && !chosen) return render(ctx, { problem: "This user has been deleted." });
    const account = readAccount(form);
    if (!chosen) {
      const problem = problemOf(account, users);
      if (problem) return render(ctx, { problem, account });
    }
    const user = chosen ?? users.create(account);
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: user.id } });
  };

  router.get("/sign-in/:uid", show).post("/sign-in/:uid", submit);
}

function readAccount(form: URLSearchParams): NewAccount {
  const read = (name: string) => (form.get(name) ?? "").trim();
  return { givenName: read("given_name"), familyName: read("family_name"), email: read("email") };
}

function problemOf(account: NewAccount, users: UserDirectory): string | undefined {
  const { givenName, familyName, email } = account;
  if (!givenName || !familyName || !/^\S+@\S+$/.test(email)) {
    return "Enter a first name, a last name and an email address.";
  }
  return users.findByEmail(email) && "Another user has this email address already.";
}
