import { signInPage } from "../pages/signIn.ts";
import { readForm } from "./body.ts";
import type { Route, RouteParts } from "./routes.ts";

/** The sign-in page: whom it is told to be, the browser is. */
export function signIn({ provider, users }: RouteParts): Route {
  return async (ctx, next) => {
    const uid = /^\/sign-in\/([\w-]+)$/.exec(ctx.path)?.[1];
    if (uid === undefined) return next();
    const { params } = await provider.interactionDetails(ctx.req, ctx.res);
    const register = params.start_page === "registration";
    const show = (problem?: string, entered?: URLSearchParams) => {
      ctx.type = "html";
      ctx.set("Cache-Control", "no-store");
      ctx.status = problem ? 422 : 200;
      ctx.body = signInPage({ uid, users: users.list(), register, problem, entered });
    };
    if (ctx.method !== "POST") return show();

    const form = await readForm(ctx.req);
    const chosen = users.find(form.get("user") ?? "");
    if (form.has("user") && !chosen) return show("This user has been deleted.");
    const [givenName, familyName, email] = ["given_name", "family_name", "email"].map((name) =>
      (form.get(name) ?? "").trim(),
    ) as [string, string, string];
    if (!chosen) {
      if (!givenName || !familyName || !/^\S+@\S+$/.test(email)) {
        return show("Enter a first name, a last name and an email address.", form);
      }
      if (users.findByEmail(email)) return show("Somebody has this email address already.", form);
    }
    const user = chosen ?? users.create({ givenName, familyName, email });
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: user.id } });
  };
}
