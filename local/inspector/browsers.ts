import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseCookie, stringifySetCookie } from "cookie";

const COOKIE = "claims_inspector";

/** Which user is signed in with which browser, as far as the inspector saw. */
export interface Browsers {
  /** The user of the browser that sent the request. */
  userOf(request: IncomingMessage): string | undefined;
  /** Notices that a user signed in, or came back after a sign-out. Returns the cookies to set. */
  notice(request: IncomingMessage): Promise<string[]>;
}

/**
 * Finds out who signs in, without the help of the app: a browser that sends an authorization code
 * of Kinde belongs to the user of that code.
 *
 * @param options.takeSignOut whether the user signed out at Kinde since the last call
 */
export function createBrowsers(options: {
  readonly userOfCode: (code: string) => Promise<string | undefined>;
  readonly takeSignOut: (userId: string) => boolean;
}): Browsers {
  const users = new Map<string, string>();
  const idOf = (request: IncomingMessage) =>
    parseCookie(request.headers.cookie ?? "")[COOKIE] ?? "";
  const setCookie = (value: string, more: { maxAge?: number } = {}) =>
    stringifySetCookie(COOKIE, value, { path: "/", httpOnly: true, sameSite: "lax", ...more });

  return {
    userOf: (request) => users.get(idOf(request)),
    async notice(request) {
      const { searchParams } = new URL(request.url ?? "/", "http://app");
      const code = searchParams.get("code");
      if (code !== null) {
        const user = await options.userOfCode(code);
        if (user === undefined) return [];
        options.takeSignOut(user);
        const id = randomBytes(16).toString("hex");
        users.set(id, user);
        return [setCookie(id)];
      }
      const user = users.get(idOf(request));
      const isNavigation = request.headers["sec-fetch-mode"] === "navigate";
      if (user === undefined || !isNavigation || !options.takeSignOut(user)) return [];
      users.delete(idOf(request));
      return [setCookie("", { maxAge: 0 })];
    },
  };
}
