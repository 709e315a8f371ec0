import { codeOf } from "../errors/codeOf.ts";
import { KindeClaimsError } from "../errors/KindeClaimsError.ts";

/** What a failed call says of its user, or of Kinde. */
export type Failure =
  | { readonly result: "gone" | "refused" | "invalid" }
  | {
      /** The next call would fail as well. */
      readonly result: "stopped";
      readonly code: string;
      readonly message: string;
      readonly retryAfter: number | undefined;
    };

/** Judges what `refreshClaims` threw. */
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

/** The code and the message for logs. Only this package's messages are known to hold no user id. */
export function describeError(error: unknown): { readonly code: string; readonly message: string } {
  const isKnown = error instanceof KindeClaimsError;
  return {
    code: codeOf(error) ?? "UNKNOWN",
    message: isKnown ? error.message : "an error of another kind was thrown",
  };
}
