import { KeySetUnavailableError, TokenError } from "kinde-claims";
import type { ProfileClaim } from "../claims.ts";
import { verifier } from "./kinde/kindeClaims.ts";

const REALM = 'Bearer realm="profile-claims"';

/**
 * Checks the bearer token of a request, and that its claim is true.
 *
 * @returns the user's id, or the answer that refuses the request (RFC 9457)
 */
export async function authorizeBearer(
  request: Request,
  claim: ProfileClaim,
): Promise<{ readonly userId: string } | { readonly refusal: Response }> {
  const header = request.headers.get("authorization");
  if (header === null) return { refusal: problem(401, "An access token is required", REALM) };
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1];
  if (token === undefined) {
    const challenge = `${REALM}, error="invalid_request"`;
    return { refusal: problem(400, "The header Authorization must hold one bearer token", challenge) };
  }
  try {
    const { userId, claims } = await verifier().verify(token);
    if (claims[claim]) return { userId };
    const challenge = `${REALM}, error="insufficient_scope", error_description="The claim ${claim} must be true"`;
    return { refusal: problem(403, `The claim ${claim} is not true`, challenge, { claim }) };
  } catch (error) {
    if (error instanceof KeySetUnavailableError) {
      return { refusal: problem(503, "Kinde's keys cannot be fetched just now. Try again") };
    }
    if (!(error instanceof TokenError)) throw error;
    const challenge = `${REALM}, error="invalid_token"`;
    const title = "The access token is not accepted";
    return { refusal: problem(401, title, challenge, { code: error.code }) };
  }
}

function problem(status: number, title: string, challenge?: string, more: object = {}): Response {
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (challenge !== undefined) headers.set("WWW-Authenticate", challenge);
  const body = { type: "about:blank", status, title, ...more };
  return new Response(JSON.stringify(body), { status, headers });
}
