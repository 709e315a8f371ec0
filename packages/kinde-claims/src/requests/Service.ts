import type { RequestErrorCode } from "./RequestError.ts";

/** How to read the answers of a service. Absent members are as in Kinde's API. */
export interface Service {
  /** What a person can do about a failure. */
  readonly whatToDo?: Partial<Record<RequestErrorCode, string>>;
  /** The code for a status that means something else than usual. */
  readonly codeOf?: (status: number) => RequestErrorCode | undefined;
  /** The error code in the body, if there is one: never free text of the server. */
  readonly readReason?: (body: unknown) => string | undefined;
}
