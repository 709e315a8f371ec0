/** Why a sign-in failed. Of the callback's address, the sentence contains only an error code. */
export interface SignInFailure {
  readonly sentence: string;
}

/** The callback's `state` belongs to no sign-in that this browser began. */
export const NOT_BEGUN_HERE: SignInFailure = {
  sentence:
    "This sign-in was begun in another browser, or has been used already. Nothing was changed. Sign in again.",
};

/** If the app is in a frame, the SDK opens a window for the sign-in. */
const NO_WINDOW: SignInFailure = {
  sentence:
    "The browser did not open the sign-in window. Allow pop-up windows for this page, and sign in again.",
};

const EXCHANGE_FAILED: SignInFailure = {
  sentence:
    "Kinde did not answer in time, or did not accept this sign-in. Sign in again in a moment.",
};

/**
 * Explains an error that Kinde put into the callback's address. Anybody can make such a link, so
 * the sentence repeats only an error code.
 */
export function refusedBy(error: string): SignInFailure {
  const code = /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : "";
  return { sentence: `Kinde did not let you in${code}. Sign in again.` };
}

/**
 * Explains an error that the SDK reports for a sign-in. The SDK's description can hold the state,
 * so it is not shown.
 */
export function explainFailure(sdkError: {
  readonly error: string;
  readonly errorDescription: string;
}): SignInFailure {
  if (sdkError.error === "ERR_POPUP") return NO_WINDOW;
  const wasSent = sdkError.errorDescription.startsWith("Token exchange failed");
  return wasSent ? EXCHANGE_FAILED : NOT_BEGUN_HERE;
}

/** Kinde's errors for a silent sign-in that would need a page (OpenID Connect Core, 3.1.2.6). */
const NOT_SILENTLY = new Set([
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
]);

/** Whether only a silent sign-in can get this error. */
export function isSilentRefusal(error: string): boolean {
  return NOT_SILENTLY.has(error);
}
