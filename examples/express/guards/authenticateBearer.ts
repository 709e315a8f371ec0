import type { RequestHandler } from "express";
import { TokenError } from "../tokens/tokenError.ts";
import type { AccessToken, VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import { challenge, sendProblem } from "./problem.ts";

declare global {
  namespace Express {
    interface Locals {
      /** The checked token of a bearer client; there behind `authenticateBearer`. */
      accessToken?: AccessToken;
    }
  }
}

/**
 * Lets a request with a good `Authorization: Bearer` token pass. Others get 401 with a challenge
 * (400 for a header that holds no single token, RFC 6750 3.1), or 503 while Kinde's keys cannot be had: that is not the client's fault.
 */
export function authenticateBearer(verify: VerifyAccessToken): RequestHandler {
  return async (req, res, next) => {
    const sent = req.get("authorization") ?? "";
    const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(sent)?.[1];
    if (token === undefined && /^Bearer( |$)/i.test(sent)) {
      const detail = "Send one token, as Authorization: Bearer <token>.";
      res.set("WWW-Authenticate", challenge("invalid_request", detail));
      sendProblem(res, {
        status: 400,
        kind: "token-unreadable",
        title: "The access token cannot be read",
        detail,
      });
      return;
    }
    if (token === undefined) {
      res.set("WWW-Authenticate", challenge());
      sendProblem(res, {
        status: 401,
        kind: "token-required",
        title: "An access token is required",
        detail: "Send it as Authorization: Bearer <token>.",
      });
      return;
    }
    try {
      res.locals.accessToken = await verify(token);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      const { code, message } = error;
      if (code === "KEYS_UNAVAILABLE") {
        res.set("Retry-After", "5");
        sendProblem(res, {
          status: 503,
          kind: "keys-unavailable",
          title: message,
          detail: "Try again shortly.",
        });
        return;
      }
      res.set("WWW-Authenticate", challenge("invalid_token", message));
      sendProblem(res, {
        status: 401,
        kind: "token-refused",
        title: "The access token was refused",
        detail: `${message}.`,
        code,
      });
      return;
    }
    next();
  };
}
