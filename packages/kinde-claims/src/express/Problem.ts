import type { Response } from "express";

/** An error that a client's program can read (RFC 9457). */
export interface Problem {
  readonly status: number;
  /** The kind of problem; stable. Written as `urn:<realm>:<kind>`. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** More members, for example the claim that is missing. */
  readonly [member: string]: unknown;
}

/** Answers with a problem. */
export function sendProblem(res: Response, realm: string, { kind, ...members }: Problem): void {
  res
    .status(members.status)
    .set("Cache-Control", "no-store")
    .type("application/problem+json")
    .send(JSON.stringify({ type: `urn:${realm}:${kind}`, ...members }));
}
