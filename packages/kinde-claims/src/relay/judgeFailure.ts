import { codeOf } from "../errors/codeOf.ts";
import { KindeClaimsError } from "../errors/KindeClaimsError.ts";

/** What a failed call means: "stopped" is about the whole batch, the others about one user. */
export type Failure =
  | { readonly result: "gone" | "refused" | "invalid" }
  | {
      /** Calls for other users would probably fail, too. */
      readonly result: "stopped";
      readonly code: string;
      readonly message: string;
      readonly retryAfter: number | undefined;
    };

/** Classifies the error that `refreshClaims` threw. */
export function judgeFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (code === "NOT_FOUND") return { result: "gone" };
  if (code === "REFUSED") return { result: "refused" };
  if (code === "INVALID_USER_ID") return { result: "invalid" };
  const { retryAfter } = Object(error) as { retryAfter?: unknown };
  return {
    result: "stopped",
    ...describeError(error),
    retryAfter: typeof retryAfter === "number" ? retryAfter : undefined,
  };
}

/**
 * Returns the code and the message for logs. The message of an error that is not a
 * `KindeClaimsError` is replaced, because it may hold a user id.
 */
export function describeError(error: unknown): { readonly code: string; readonly message: string } {
  const isKnown = error instanceof KindeClaimsError;
  return {
    code: codeOf(error) ?? "UNKNOWN",
    message: isKnown ? error.message : "an error of another kind was thrown",
  };
}
