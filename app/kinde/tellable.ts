/**
 * What may be said of a failed sign-in. Anybody can make a link to the callback, so that nothing of
 * its query is repeated but a code; what Kinde itself answered to the exchange of the code is.
 */
export function tellable(code: unknown, reason: string): string {
  if (typeof code === "string") {
    return `Kinde did not let you in${/^[a-z_]{1,40}$/.test(code) ? ` (${code})` : ""}.`;
  }
  return reason.startsWith("Authentication flow")
    ? "The sign-in was begun elsewhere, or too long ago."
    : `Kinde did not let you in: ${reason}`;
}
