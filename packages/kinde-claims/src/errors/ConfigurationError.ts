import { KindeClaimsError } from "./KindeClaimsError.ts";

/**
 * An option or a claim declaration is missing or invalid, or `authenticateBearer` did not run. The
 * `create…` functions do not throw this error: the value that they return throws it at its first
 * use. So a build without environment variables can load a module that creates a verifier.
 */
export class ConfigurationError extends KindeClaimsError {
  override name = "ConfigurationError";
  readonly code = "CONFIGURATION";
}
