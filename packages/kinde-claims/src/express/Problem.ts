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

/**
 * Answers with a problem.
 *
 * @param realm the namespace of the problem's type: use the same one as for `createGuards`
 * @example
 * ```ts
 * import express from "express";
 * import { sendProblem } from "kinde-claims/express";
 *
 * express().use((_req, res) => {
 *   const title = "There is no such resource";
 *   sendProblem(res, "my-app", { status: 404, kind: "not-found", title, detail: "See the docs." });
 * });
 * ```
 */
export function sendProblem(res: Response, realm: string, { kind, ...members }: Problem): void {
  res
    .status(members.status)
    .set("Cache-Control", "no-store")
    .type("application/problem+json")
    .send(JSON.stringify({ type: `urn:${realm}:${kind}`, ...members }));
}
