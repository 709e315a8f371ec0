import { KindeClaimsError } from "./KindeClaimsError.ts";

/** Kinde's public keys could not be fetched or used. The token was not checked, and may be good. */
export class KeySetUnavailableError extends KindeClaimsError {
  override name = "KeySetUnavailableError";
  readonly code = "KEY_SET_UNAVAILABLE";

  constructor(options?: ErrorOptions) {
    super("Kinde's keys are not available now. Try again shortly.", options);
  }
}
