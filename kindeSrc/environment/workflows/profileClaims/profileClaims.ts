import type { onUserTokenGeneratedEvent } from "@kinde/infrastructure";
import { type ClaimTable, type ClaimValues, valuesWhenUnknown } from "./claimTable.ts";
import { logLookup } from "./logLine.ts";
import { failed, type Lookup } from "./lookup.ts";
import { missingBinding, setAccessTokenClaim } from "./natives.ts";
import { lookUpProfile } from "./profileLookup.ts";
import { readCredentials } from "./supabaseCredentials.ts";
import { addSupabaseRole } from "./supabaseRole.ts";
import { isUsableUserId } from "./userId.ts";

/**
 * The claim contract: the claims that this package writes into the access token. Each line has the
 * column of `public.profiles`, its type, and the value of the claim when the row is unknown. A new
 * claim needs a line here, the column, a grant of the column to the role `kinde_workflow`, and an
 * entry in the app: see "Add a claim" in the README.
 */
export const PROFILE_CLAIMS = {
  lifetime_subscriber: { column: "lifetime_subscriber", type: "boolean", whenUnknown: false },
  profile_complete: { column: "profile_complete", type: "boolean", whenUnknown: false },
} as const satisfies ClaimTable;

/** The claims at the top level of the access token, typed. They are always present. */
export type ProfileClaims = ClaimValues<typeof PROFILE_CLAIMS>;

/**
 * Looks up the user's profile row in Supabase and writes the profile claims into the access token.
 *
 * It never throws because of Supabase, the network, the configuration or the data. If the lookup
 * fails, the claims have their `whenUnknown` values, and the log line says why.
 *
 * The workflow must declare the bindings `kinde.accessToken`, `kinde.env`, `kinde.fetch` and
 * `console`.
 *
 * @param event the event of the trigger `user:tokens_generation`
 * @returns the claims that were written
 */
export async function addProfileClaims(event: onUserTokenGeneratedEvent): Promise<ProfileClaims> {
  const startedAt = Date.now();
  const unknown = valuesWhenUnknown(PROFILE_CLAIMS);
  // Written before all other work, because Kinde keeps what an interrupted run has written.
  writeClaims(unknown);
  const roleFailure = addSupabaseRole();

  // Even an event that differs from the documentation must not cause an exception.
  const userId: unknown = event?.context?.user?.id;
  const origin: unknown = event?.context?.auth?.origin;
  const lookup = await lookUp(userId);
  const claims = lookup.outcome === "found" ? lookup.claims : unknown;
  writeClaims(claims);

  logLookup({ lookup, roleFailure, claims, userId, origin, ms: Date.now() - startedAt });
  return claims;
}

async function lookUp(userId: unknown): Promise<Lookup<typeof PROFILE_CLAIMS>> {
  const unbound = missingBinding();
  if (unbound !== undefined) {
    return failed("NOT_CONFIGURED", `add ${unbound} to the bindings in workflowSettings`);
  }
  const credentials = readCredentials();
  if (credentials.outcome === "failed") {
    return credentials;
  }
  if (!isUsableUserId(userId)) {
    return failed("INVALID_USER_ID", "the user id is empty, too long, or has forbidden characters");
  }
  return lookUpProfile(userId, PROFILE_CLAIMS, credentials);
}

function writeClaims(claims: ProfileClaims): void {
  for (const [name, value] of Object.entries(claims)) {
    setAccessTokenClaim(name, value);
  }
}
