/** The realm in `WWW-Authenticate`, and the namespace of the problems: `urn:profile-claims:…`. */
const REALM = "profile-claims";

/** An error that a client's program can read (RFC 9457). */
export interface Problem {
  readonly status: number;
  /** A stable name for the kind of problem. The answer has it as `urn:<realm>:<kind>`. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** More members, for example `claim`: the claim that must be true. */
  readonly [member: string]: unknown;
}

/** Answers with a problem, and with the challenge of RFC 6750 if the token is the reason. */
export function answerProblem({ kind, ...members }: Problem, challenge?: Challenge): Response {
  return Response.json(
    { type: `urn:${REALM}:${kind}`, ...members },
    {
      status: members.status,
      headers: {
        "Content-Type": "application/problem+json",
        "Cache-Control": "no-store",
        ...(challenge && { "WWW-Authenticate": write(challenge) }),
      },
    },
  );
}

export interface Challenge {
  readonly error?: "invalid_request" | "invalid_token" | "insufficient_scope";
  readonly description?: string;
}

function write({ error, description }: Challenge): string {
  const parts = [`realm="${REALM}"`];
  if (error) parts.push(`error="${error}"`);
  // Quotes, backslashes and characters outside ASCII are not allowed in this value.
  if (description) parts.push(`error_description="${description.replace(/[^ !#-[\]-~]/g, "'")}"`);
  return `Bearer ${parts.join(", ")}`;
}
