/** Why a sign-in did not work. It holds nothing of the callback's address but an error code. */
export interface SignInFailure {
  readonly sentence: string;
}

/** The callback's `state` belongs to no sign-in that this browser began. */
export const NOT_BEGUN_HERE: SignInFailure = {
  sentence:
    "This sign-in was begun in another browser, or has been used already. Nothing was changed. Sign in again.",
};

/** In a frame the SDK signs in through a window of its own. */
const NO_WINDOW: SignInFailure = {
  sentence:
    "The browser did not open the window of the sign-in. Allow pop-up windows for this page, and sign in again.",
};

const EXCHANGE_FAILED: SignInFailure = {
  sentence:
    "Kinde did not answer in time, or did not accept this sign-in. Sign in again in a moment.",
};

/**
 * Explains an error that Kinde put into the callback's address. Anybody can make such a link, so
 * only a code is repeated.
 */
export function refusedBy(error: string): SignInFailure {
  const code = /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : "";
  return { sentence: `Kinde did not let you in${code}. Sign in again.` };
}

/** Explains what the SDK reports of a callback. Its description can hold the state, so it is not shown. */
export function explainFailure(sdkError: {
  readonly error: string;
  readonly errorDescription: string;
}): SignInFailure {
  if (sdkError.error === "ERR_POPUP") return NO_WINDOW;
  const wasSent = sdkError.errorDescription.startsWith("Token exchange failed");
  return wasSent ? EXCHANGE_FAILED : NOT_BEGUN_HERE;
}

/** The errors that only a silent sign-in gets: Kinde would have to ask the user something. */
export function isSilentRefusal(error: string): boolean {
  return ["login_required", "interaction_required", "consent_required"].includes(error);
}
