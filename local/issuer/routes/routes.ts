import type { Middleware } from "koa";
import type { Provider } from "oidc-provider";
import type { Clients } from "../clients.ts";
import type { GrantBook } from "../grants.ts";
import type { SigningKeys } from "../keys.ts";
import type { UserDirectory } from "../users.ts";

/** The parts that the routes beside OpenID Connect use. */
export interface RouteParts {
  readonly issuer: string;
  readonly provider: Provider;
  readonly clients: Clients;
  readonly grants: GrantBook;
  readonly keys: SigningKeys;
  readonly users: UserDirectory;
  readonly logoutUris: readonly string[];
  readonly onSignOut?: ((userId: string) => void) | undefined;
}

/** A middleware around all routes, those of OpenID Connect included. */
export type Route = Middleware;
