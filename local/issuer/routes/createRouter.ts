import Router from "@koa/router";
import { addFavicon } from "./favicon.ts";
import { addLogout } from "./logout.ts";
import { addManagement } from "./management.ts";
import { addRevoke } from "./revoke.ts";
import type { RouteParts } from "./routes.ts";
import { addSignIn } from "./signIn.ts";
import { addUserProfile } from "./userProfile.ts";

/** The routes beside those of OpenID Connect. */
export function createRouter(parts: RouteParts): Router {
  const router = new Router();
  addSignIn(router, parts);
  addLogout(router, parts);
  addRevoke(router, parts);
  addUserProfile(router, parts);
  addManagement(router, parts);
  addFavicon(router);
  return router;
}
