import { KindeClaimsError } from "./KindeClaimsError.ts";

/**
 * The options of a factory do not fit. It is thrown at the first use, not when the factory is
 * called: a module may create a verifier while a build runs without environment variables.
 */
export class ConfigurationError extends KindeClaimsError {
  override name = "ConfigurationError";
  readonly code = "CONFIGURATION";
}
