import type Router from "@koa/router";
import { SESSION_COOKIE } from "../configuration.ts";
import { errorPage } from "../pages/error.ts";
import type { RouteParts } from "./routes.ts";

/**
 * `/logout?redirect=…`: ends the session at Kinde, without a question, and redirects to the app.
 */
export function addLogout(router: Router, { provider, logoutUris, onSignOut }: RouteParts): void {
  router.get("/logout", async (ctx) => {
    const redirect = String(ctx.query.redirect ?? "");
    if (!logoutUris.includes(redirect)) {
      ctx.status = 400;
      ctx.type = "html";
      ctx.body = errorPage(
        "invalid_redirect",
        "The address to go back to is not registered as a logout redirect URL.",
      );
      return;
    }
    const session = await provider.Session.get(ctx as never);
    if (session.accountId) onSignOut?.(session.accountId);
    await session.destroy();
    ctx.cookies.set(SESSION_COOKIE, null);
    ctx.redirect(redirect);
  });
}
