import { type Failure, failed } from "./lookup.ts";
import { readVariableUntrimmed, setAccessTokenClaim } from "./natives.ts";

/** The only database role that this workflow ever writes into a token. */
const ROLE = "authenticated";

/**
 * Writes the claim `role`, which is always `authenticated`, if the Kinde variable
 * SUPABASE_ROLE_CLAIM is set. An app that sends Kinde's access token to Supabase needs this claim
 * (third-party auth).
 *
 * The variable must hold exactly `authenticated`. For any other value, no claim is written, because
 * another role could open more than the user's own row. The role never comes from data.
 *
 * @returns the failure to log if the variable holds another value
 */
export function addSupabaseRole(): Failure | undefined {
  const value = readVariableUntrimmed("SUPABASE_ROLE_CLAIM");
  if (value === "") {
    return undefined;
  }
  if (value !== ROLE) {
    return failed(
      "NOT_CONFIGURED",
      `SUPABASE_ROLE_CLAIM must be exactly ${ROLE}, or not set: no role claim was written`,
    );
  }
  setAccessTokenClaim("role", ROLE);
  return undefined;
}
