import type { Response } from "express";
import type { ClaimValue } from "../claims/types.ts";
import { challenge } from "./challenge.ts";
import { sendProblem } from "./Problem.ts";

/** The claim that a route needs. */
interface RequiredClaim {
  readonly realm: string;
  readonly name: string;
  readonly equals: ClaimValue;
  readonly explain: string;
}

/** Answers 403: the token or the database does not have the claim with the required value. */
export function answerClaimMissing(
  res: Response,
  { realm, name, equals, explain }: RequiredClaim,
): void {
  const description = `The claim ${name} must be ${equals}`;
  res.set("WWW-Authenticate", challenge(realm, "insufficient_scope", description));
  sendProblem(res, realm, {
    status: 403,
    kind: "claim-required",
    title: `The claim ${name} is not ${equals}`,
    detail: explain,
    claim: name,
  });
}

/** Answers 503: the database could not be read, so it is unknown whether the user has the claim. */
export function answerUnconfirmed(res: Response, { realm, name }: RequiredClaim): void {
  res.set("Retry-After", "5");
  sendProblem(res, realm, {
    status: 503,
    kind: "claim-unconfirmed",
    title: `The claim ${name} cannot be checked in the database now`,
    detail: "Try again shortly.",
    claim: name,
  });
}
