import { hkdfSync } from "node:crypto";
import { parseCookie } from "cookie";
import type { CookieOptions, Request, Response } from "express";
import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";
import type { SignInKind, SignInSecrets } from "./kindeClient.ts";

/** A sign-in that was begun, but whose browser has not come back from Kinde yet. */
export interface PendingSignIn extends SignInSecrets {
  readonly kind: SignInKind;
  /** The path to go to afterwards. */
  readonly returnTo: string;
}

const pendingSignIn = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  kind: z.enum(["login", "register", "silent"]),
  returnTo: z.string(),
});

const LIFE_S = 10 * 60;
/** One browser may have several tabs at the sign-in; each cookie takes about 600 bytes. */
const MAX_PER_BROWSER = 5;
/** A cookie holds 4 kB at most. */
const MAX_RETURN_TO = 1_000;

/** Keeps each sign-in under way in a cookie of the browser that began it. */
export interface PendingSignIns {
  begin(req: Request, res: Response, signIn: PendingSignIn): Promise<void>;
  /**
   * Returns the sign-in that a callback's `state` names, and clears its cookie, so that each
   * sign-in works once.
   */
  take(req: Request, res: Response): Promise<PendingSignIn | undefined>;
}

/**
 * The server stores nothing, so many sign-ins of one browser cannot push out the sign-in of
 * another. The cookie is encrypted and authenticated (JWE, A256GCM) with a key derived from the
 * session secret, so the code verifier can neither be read nor replaced. The cookie expires after
 * ten minutes.
 *
 * @param options.secret the app's session secret, the same in all instances
 * @param options.https whether browsers reach the app over https
 */
export function createPendingSignIns(options: { secret: string; https: boolean }): PendingSignIns {
  const key = new Uint8Array(hkdfSync("sha256", options.secret, "", "sign-in cookie", 32));
  const prefix = options.https ? "__Host-sign_in_" : "app_sign_in_";
  const attributes: CookieOptions = {
    httpOnly: true,
    sameSite: "lax",
    secure: options.https,
    path: "/",
  };
  const nameOf = (state: string) => prefix + state.slice(0, 8);

  async function decrypt(value: string): Promise<PendingSignIn | undefined> {
    try {
      return pendingSignIn.parse((await jwtDecrypt(value, key)).payload);
    } catch {
      // The cookie has expired, was made with another secret, or was changed.
      return undefined;
    }
  }

  return {
    async begin(req, res, signIn) {
      const returnTo = signIn.returnTo.length > MAX_RETURN_TO ? "/" : signIn.returnTo;
      const value = await new EncryptJWT({ ...signIn, returnTo })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setExpirationTime(`${LIFE_S} s`)
        .encrypt(key);
      // Browsers send the oldest cookie first.
      const others = Object.keys(readCookies(req)).filter((name) => name.startsWith(prefix));
      for (const name of others.slice(0, Math.max(0, others.length + 1 - MAX_PER_BROWSER))) {
        res.clearCookie(name, attributes);
      }
      res.cookie(nameOf(signIn.state), value, { ...attributes, maxAge: LIFE_S * 1000 });
    },

    async take(req, res) {
      const { state } = req.query;
      if (typeof state !== "string" || !/^[\w-]{43}$/.test(state)) return undefined;
      const value = readCookies(req)[nameOf(state)];
      if (value === undefined) return undefined;
      res.clearCookie(nameOf(state), attributes);
      const signIn = await decrypt(value);
      return signIn?.state === state ? signIn : undefined;
    },
  };
}

function readCookies(req: Request): Record<string, string | undefined> {
  return parseCookie(req.get("cookie") ?? "");
}
