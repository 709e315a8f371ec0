import type { Response } from "express";

/** RFC 9457: an error that a client's program can read. */
export interface Problem {
  readonly status: number;
  /** What kind of problem it is; stable. Written as `urn:profile-claims:<kind>`. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** More members, for example the claim that is missing. */
  readonly [member: string]: unknown;
}

/** Answers with a problem, and with nothing that was not put into it. */
export function sendProblem(res: Response, { kind, ...members }: Problem): void {
  res
    .status(members.status)
    .set("Cache-Control", "no-store")
    .type("application/problem+json")
    .send(JSON.stringify({ type: `urn:profile-claims:${kind}`, ...members }));
}

/** A `WWW-Authenticate` challenge of RFC 6750; without an error when no token was sent. */
export function challenge(
  error?: "invalid_request" | "invalid_token" | "insufficient_scope",
  description?: string,
) {
  const parts = [`realm="profile-claims"`];
  if (error) parts.push(`error="${error}"`);
  // Quotes and backslashes would end the string early.
  if (description) parts.push(`error_description="${description.replace(/["\\]/g, "'")}"`);
  return `Bearer ${parts.join(", ")}`;
}
