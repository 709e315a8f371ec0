import { TokenError } from "kinde-claims";
import * as oauth from "oauth4webapi";

export type SignInFailureCode = "NOT_BEGUN_HERE" | "REFUSED" | "EXCHANGE_FAILED" | "NO_ANSWER";

/** A failed sign-in: `code` for the log, `sentence` for the page. Neither holds a secret. */
export interface SignInFailure {
  readonly code: SignInFailureCode;
  readonly sentence: string;
}

/**
 * The callback's `state` belongs to no sign-in that this browser began in the last ten minutes and
 * has not finished.
 */
export const NOT_BEGUN_HERE: SignInFailure = {
  code: "NOT_BEGUN_HERE",
  sentence:
    "This sign-in was begun in another browser, has been used already, or was begun more than ten minutes ago. Sign in again.",
};

/**
 * Explains why a sign-in failed at the callback.
 *
 * Anybody can make a link to the callback, so only the error code of its query is repeated. An
 * answer of Kinde's token endpoint comes from Kinde itself, so its description is shown.
 *
 * @param error what `KindeClient.finishSignIn` or the check of the access token threw
 */
export function explainFailure(error: unknown): SignInFailure {
  if (error instanceof oauth.AuthorizationResponseError) {
    const code = /^[a-z_]{1,40}$/.test(error.error) ? ` (${error.error})` : "";
    return { code: "REFUSED", sentence: `Kinde did not let you in${code}. Sign in again.` };
  }
  if (isRefusal(error)) {
    const reason = error.error_description ?? error.error;
    return { code: "EXCHANGE_FAILED", sentence: `Kinde did not let you in: ${reason}` };
  }
  if (isMismatch(error)) {
    return {
      code: "EXCHANGE_FAILED",
      sentence: "Kinde's answer does not belong to this sign-in. Sign in again.",
    };
  }
  if (error instanceof TokenError) {
    return { code: "EXCHANGE_FAILED", sentence: "The token that Kinde gave is not for this app." };
  }
  return {
    code: "NO_ANSWER",
    sentence:
      "Kinde did not answer in time, or its answer was not as expected. Sign in again in a moment.",
  };
}

/** Whether Kinde's token endpoint refused the request, and was not overloaded or broken. */
export function isRefusal(error: unknown): error is oauth.ResponseBodyError {
  return error instanceof oauth.ResponseBodyError && error.status < 500 && error.status !== 429;
}

const MISMATCHES = new Set<unknown>([
  oauth.INVALID_RESPONSE,
  oauth.JWT_CLAIM_COMPARISON,
  oauth.JWT_TIMESTAMP_CHECK,
]);

/**
 * Kinde answered, but the answer is not valid for this sign-in: another nonce, or an expired ID
 * token.
 */
function isMismatch(error: unknown): boolean {
  return error instanceof oauth.OperationProcessingError && MISMATCHES.has(error.code);
}
