import type { RequestErrorCode } from "./RequestError.ts";

/** How to read the answers of a service. For an absent member, the rule for Kinde's API applies. */
export interface Service {
  /** What a person can do about a failure. */
  readonly whatToDo?: Partial<Record<RequestErrorCode, string>>;
  /** Returns the code for a status that does not have its usual meaning. */
  readonly codeOf?: (status: number) => RequestErrorCode | undefined;
  /** Returns the error code in the body, if there is one. It must not return free text. */
  readonly readReason?: (body: unknown) => string | undefined;
}
