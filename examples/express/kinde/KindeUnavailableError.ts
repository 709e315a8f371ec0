import { KeySetUnavailableError } from "kinde-claims";

/** Kinde did not answer. It says nothing about the user: their session and tokens are kept. */
export class KindeUnavailableError extends Error {
  override name = "KindeUnavailableError";

  /** @param doing what Kinde was asked for: "beginning a sign-in" */
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
