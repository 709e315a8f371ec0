/** The errors that RFC 6750 (3.1) has for a bearer token. */
export type ChallengeError = "invalid_request" | "invalid_token" | "insufficient_scope";

/** A `WWW-Authenticate` challenge (RFC 6750, 3). Without an error if no token was sent. */
export function challenge(realm: string, error?: ChallengeError, description?: string): string {
  const parts = [`realm="${realm}"`];
  if (error) parts.push(`error="${error}"`);
  // Only these characters are allowed: no quotes, no backslashes, ASCII.
  if (description) parts.push(`error_description="${description.replace(/[^ !#-[\]-~]/g, "'")}"`);
  return `Bearer ${parts.join(", ")}`;
}
