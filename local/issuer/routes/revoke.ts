import type Router from "@koa/router";
import { readForm } from "./body.ts";
import type { RouteParts } from "./routes.ts";

/**
 * `/oauth2/revoke` (RFC 7009) for access tokens and refresh tokens. The endpoint of oidc-provider
 * is not used: it does not revoke access tokens that are JWTs, and when it revokes one refresh
 * token, it revokes all tokens of the sign-in.
 */
export function addRevoke(router: Router, { provider, clients, grants, keys }: RouteParts): void {
  const secrets = new Map<string, string | undefined>(
    clients.metadata.map((client) => [client.client_id, client.client_secret]),
  );
  router.post("/oauth2/revoke", async (ctx) => {
    ctx.set("Cache-Control", "no-store");
    // `allowOrigins` removes Access-Control-Allow-Origin again, unless the page belongs to a
    // registered application.
    if (ctx.get("Origin")) {
      ctx.vary("Origin");
      ctx.set("Access-Control-Allow-Origin", ctx.get("Origin"));
    }
    const form = await readForm(ctx);
    const clientId = form.get("client_id") ?? "";
    if (
      !secrets.has(clientId) ||
      (secrets.get(clientId) ?? "") !== (form.get("client_secret") ?? "")
    ) {
      ctx.status = 401;
      ctx.body = { error: "invalid_client", error_description: "client authentication failed" };
      return;
    }
    const token = form.get("token") ?? "";
    if (!token) {
      ctx.status = 400;
      ctx.body = { error: "invalid_request", error_description: "token is missing" };
      return;
    }
    // Whatever the token is, the answer is the same.
    ctx.status = 200;
    ctx.body = "";
    const access = await keys.verify(token);
    if (access?.azp === clientId) {
      grants.revoke(String(access.jti));
      return;
    }
    const refresh = await provider.RefreshToken.find(token);
    if (refresh?.clientId === clientId) await refresh.destroy();
  });
}
