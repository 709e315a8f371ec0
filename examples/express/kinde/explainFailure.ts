/** A failed sign-in: `code` for the log, `sentence` for the page. */
export interface SignInFailure {
  readonly code: "NOT_BEGUN_HERE" | "REFUSED" | "EXCHANGE_FAILED";
  readonly sentence: string;
}

/**
 * What may be said of a failed sign-in. Anybody can make a link to the callback, so that nothing of
 * its query is repeated but a code, nor the state, which the SDK's error holds; what Kinde itself
 * answered to the exchange of the code is.
 */
export function explainFailure(queryError: unknown, reason: string): SignInFailure {
  if (typeof queryError === "string") {
    const code = /^[a-z_]{1,40}$/.test(queryError) ? ` (${queryError})` : "";
    return { code: "REFUSED", sentence: `Kinde did not let you in${code}.` };
  }
  return reason.startsWith("Authentication flow")
    ? { code: "NOT_BEGUN_HERE", sentence: "The sign-in was begun elsewhere, or too long ago." }
    : { code: "EXCHANGE_FAILED", sentence: `Kinde did not let you in: ${reason}` };
}
