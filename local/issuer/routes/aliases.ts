import type { Route } from "./routes.ts";

/** The second names of Kinde's addresses and parameters. */
export const aliases: Route = (ctx, next) => {
  if (ctx.path === "/.well-known/jwks") ctx.path = "/.well-known/jwks.json";
  // Kinde's SDKs for browsers ask for the registration page this way.
  if (ctx.path === "/oauth2/auth" && ctx.query.prompt === "create") {
    ctx.query = { ...ctx.query, prompt: "login", start_page: "registration" };
  }
  return next();
};
