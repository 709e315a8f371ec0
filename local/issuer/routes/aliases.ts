import type { Route } from "./routes.ts";

/** Kinde publishes its keys at two addresses. */
export const aliases: Route = (ctx, next) => {
  if (ctx.path === "/.well-known/jwks") ctx.path = "/.well-known/jwks.json";
  return next();
};
