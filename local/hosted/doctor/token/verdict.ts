/** What `npm run doctor -- --token` found. Stable: programs compare the code. */
export type VerdictCode =
  /** Valid, and its claims are those of the row. */
  | "TOKEN_FRESH"
  /**
   * Valid, with both claims. The row was not read, because the settings of Supabase are missing.
   */
  | "TOKEN_VALID"
  /** Valid, with both claims. The settings of Supabase are there, but the row could not be read. */
  | "TOKEN_ROW_UNREAD"
  /** Valid, and the row changed or was deleted after the token was issued. */
  | "TOKEN_STALE"
  /** Valid, and its claims are not those of the row, which did not change since. */
  | "TOKEN_WRONG"
  | "TOKEN_WITHOUT_CLAIMS"
  | "TOKEN_CLAIM_TYPE"
  | "TOKEN_EXPIRED"
  | "TOKEN_NOT_YET_VALID"
  | "TOKEN_WRONG_CLIENT"
  /** It is not valid for another reason, such as its signature. */
  | "TOKEN_INVALID"
  /** It could not be verified. */
  | "TOKEN_UNCHECKED"
  | "TOKEN_UNREADABLE";

export interface Verdict {
  readonly code: VerdictCode;
  readonly why: string;
  /** What to do, in one sentence. Undefined if there is nothing to do. */
  readonly fix?: string;
}

export function isGood({ code }: Verdict): boolean {
  return code === "TOKEN_FRESH" || code === "TOKEN_VALID";
}
