import { KeySetUnavailableError } from "kinde-claims";

/**
 * Kinde did not answer, or its answer says nothing about the user: Kinde is overloaded or broken,
 * or refused the app's client secret. So the app keeps the user's session and tokens.
 */
export class KindeUnavailableError extends Error {
  override name = "KindeUnavailableError";

  /** @param doing what the app was doing, such as "beginning a sign-in" */
  constructor(doing: string, options: ErrorOptions) {
    super(`Kinde did not answer (${doing})`, options);
  }
}

/** Whether an error says that Kinde, or its keys, cannot be reached. */
export function isKindeUnavailable(
  error: unknown,
): error is KindeUnavailableError | KeySetUnavailableError {
  return error instanceof KindeUnavailableError || error instanceof KeySetUnavailableError;
}
