import { KeySetUnavailableError, TokenError, type VerifiedToken } from "kinde-claims";
import { CLAIM_TEXTS } from "@/lib/claims/claimTexts";
import type { ProfileClaim, ProfileClaims } from "@/lib/claims/profileClaims";
import { verifier } from "@/lib/kinde/verifier";
import { answerProblem } from "@/lib/web/problem";

const HOW_TO_SEND = "Authorization: Bearer <token>.";

/**
 * The guard of a route handler for clients that send an access token. It ignores cookies.
 *
 * @returns the verified token, or the answer that refuses the request
 */
export async function guardApi(
  request: Request,
  claim: ProfileClaim,
): Promise<VerifiedToken<ProfileClaims> | Response> {
  const header = request.headers.get("authorization") ?? "";
  const accessToken = /^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1];
  if (accessToken === undefined) return answerNoToken(header);
  try {
    const token = await verifier().verify(accessToken);
    return token.claims[claim] ? token : answerNoClaim(claim);
  } catch (error) {
    return answerTokenError(error);
  }
}

function answerNoToken(header: string): Response {
  if (!/^Bearer( |$)/i.test(header)) {
    const detail = `Send it as ${HOW_TO_SEND}`;
    const title = "An access token is required";
    return answerProblem({ status: 401, kind: "token-required", title, detail }, {});
  }
  const detail = `Send one token, as ${HOW_TO_SEND}`;
  const title = "The access token cannot be read";
  const challenge = { error: "invalid_request", description: detail } as const;
  return answerProblem({ status: 400, kind: "token-unreadable", title, detail }, challenge);
}

function answerNoClaim(claim: ProfileClaim): Response {
  const description = `The claim ${claim} must be true`;
  return answerProblem(
    {
      status: 403,
      kind: "claim-required",
      title: `The claim ${claim} is not true`,
      detail: CLAIM_TEXTS[claim].toGetIt,
      claim,
    },
    { error: "insufficient_scope", description },
  );
}

function answerTokenError(error: unknown): Response {
  if (error instanceof KeySetUnavailableError) {
    const title = "The keys to check the access token are not available now";
    const detail = "Try again shortly.";
    return answerProblem({ status: 503, kind: "keys-unavailable", title, detail });
  }
  if (!(error instanceof TokenError)) throw error;
  const { code, message } = error;
  const title = "The access token was refused";
  return answerProblem(
    { status: 401, kind: "token-refused", title, detail: `${message}.`, code },
    { error: "invalid_token", description: message },
  );
}
