// @koa/router 13 comes without types. This declares what the local issuer uses of it.
declare module "@koa/router" {
  import type { Middleware, ParameterizedContext } from "koa";

  /** A middleware of a route: `params` holds the parameters in its path. */
  export type RouteMiddleware = Middleware<
    ParameterizedContext["state"],
    { params: Readonly<Record<string, string>> }
  >;

  export default class Router {
    get(path: string, ...middleware: RouteMiddleware[]): this;
    post(path: string, ...middleware: RouteMiddleware[]): this;
    delete(path: string, ...middleware: RouteMiddleware[]): this;
    all(path: string, ...middleware: RouteMiddleware[]): this;
    routes(): Middleware;
  }
}
