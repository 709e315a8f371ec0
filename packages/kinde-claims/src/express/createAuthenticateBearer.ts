import type { Response } from "express";
import type { Claims } from "../claims/types.ts";
import { KeySetUnavailableError } from "../errors/KeySetUnavailableError.ts";
import { TokenError } from "../tokens/TokenError.ts";
import type { VerifiedToken, Verifier } from "../tokens/types.ts";
import { challenge } from "./challenge.ts";
import { sendProblem } from "./Problem.ts";
import type { Guard } from "./types.ts";

const HOW_TO_SEND = "Authorization: Bearer <token>.";

/** Creates the guard that verifies the bearer token of a request. See `Guards`. */
export function createAuthenticateBearer<C extends Claims>(
  verifier: Verifier<C>,
  realm: string,
  store: (res: Response, token: VerifiedToken<C>) => void,
): Guard {
  return async (req, res, next) => {
    const header = req.get("authorization") ?? "";
    const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1];
    if (token === undefined) {
      answerNoToken(res, realm, header);
      return;
    }
    try {
      store(res, await verifier.verify(token));
    } catch (error) {
      if (!answerTokenError(res, realm, error)) next(error);
      return;
    }
    next();
  };
}

function answerNoToken(res: Response, realm: string, header: string): void {
  if (/^Bearer( |$)/i.test(header)) {
    const detail = `Send one token, as ${HOW_TO_SEND}`;
    res.set("WWW-Authenticate", challenge(realm, "invalid_request", detail));
    const title = "The access token cannot be read";
    sendProblem(res, realm, { status: 400, kind: "token-unreadable", title, detail });
    return;
  }
  res.set("WWW-Authenticate", challenge(realm));
  const title = "An access token is required";
  const detail = `Send it as ${HOW_TO_SEND}`;
  sendProblem(res, realm, { status: 401, kind: "token-required", title, detail });
}

function answerTokenError(res: Response, realm: string, error: unknown): boolean {
  if (error instanceof KeySetUnavailableError) {
    res.set("Retry-After", "5");
    sendProblem(res, realm, {
      status: 503,
      kind: "keys-unavailable",
      title: "The keys to check the access token are not available now",
      detail: "Try again shortly.",
    });
    return true;
  }
  if (!(error instanceof TokenError)) return false;
  const { code, message } = error;
  res.set("WWW-Authenticate", challenge(realm, "invalid_token", message));
  sendProblem(res, realm, {
    status: 401,
    kind: "token-refused",
    title: "The access token was refused",
    detail: `${message}.`,
    code,
  });
  return true;
}
