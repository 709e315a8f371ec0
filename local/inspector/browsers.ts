import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseCookie, stringifySetCookie } from "cookie";

const COOKIE = "claims_inspector";

/** Which user is signed in at which browser, as far as the inspector saw. */
export interface Browsers {
  /** The user of the browser that sent the request. */
  userOf(request: IncomingMessage): string | undefined;
  /** Notices a sign-in or a return from signing out. Returns the cookies for the browser. */
  notice(request: IncomingMessage): Promise<string[]>;
  /** Notices that the app sends the browser to Kinde to sign out. */
  noticeRedirect(request: IncomingMessage, location: string): string[];
}

/**
 * Follows sign-ins from outside the app: a browser that brings a code of Kinde belongs to the user
 * of that code.
 */
export function createBrowsers(options: {
  readonly kindeUrl: string;
  readonly userOfCode: (code: string) => Promise<string | undefined>;
}): Browsers {
  const users = new Map<string, string>();
  const idOf = (request: IncomingMessage) => parseCookie(request.headers.cookie ?? "")[COOKIE];
  const setCookie = (value: string, more: { maxAge?: number } = {}) =>
    stringifySetCookie(COOKIE, value, { path: "/", httpOnly: true, sameSite: "lax", ...more });

  function forget(request: IncomingMessage): string[] {
    const id = idOf(request);
    if (id === undefined) return [];
    users.delete(id);
    return [setCookie("", { maxAge: 0 })];
  }

  return {
    userOf: (request) => users.get(idOf(request) ?? ""),
    async notice(request) {
      const { searchParams } = new URL(request.url ?? "/", "http://app");
      const code = searchParams.get("code");
      if (code !== null) {
        const user = await options.userOfCode(code);
        if (user === undefined) return [];
        const id = randomBytes(16).toString("hex");
        users.set(id, user);
        return [setCookie(id)];
      }
      // An app without a server signs out by leaving for Kinde, which sends the browser back.
      const cameFromKinde =
        request.headers["sec-fetch-mode"] === "navigate" &&
        request.headers["sec-fetch-site"] === "same-site" &&
        !searchParams.has("error");
      return cameFromKinde ? forget(request) : [];
    },
    noticeRedirect: (request, location) =>
      location.startsWith(`${options.kindeUrl}/logout`) ? forget(request) : [],
  };
}
