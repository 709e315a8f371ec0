/** The error codes that RFC 6750 (section 3.1) defines for bearer tokens. */
export type ChallengeError = "invalid_request" | "invalid_token" | "insufficient_scope";

/**
 * Returns a `WWW-Authenticate` challenge (RFC 6750, section 3). Leave out the error if the request
 * had no token.
 */
export function challenge(realm: string, error?: ChallengeError, description?: string): string {
  const parts = [`realm="${realm}"`];
  if (error) parts.push(`error="${error}"`);
  // RFC 6750 allows only ASCII without quotes and backslashes.
  if (description) parts.push(`error_description="${description.replace(/[^ !#-[\]-~]/g, "'")}"`);
  return `Bearer ${parts.join(", ")}`;
}
