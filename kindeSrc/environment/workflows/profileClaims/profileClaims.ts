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
 * The claim contract: the claims this package writes into the access token, the column of
 * `public.profiles` each one comes from, and its value when the profile is unknown. A new claim is
 * one new line here, and a column granted to the role `kinde_workflow` (see the README).
 */
export const PROFILE_CLAIMS = {
  lifetime_subscriber: { column: "lifetime_subscriber", type: "boolean", whenUnknown: false },
  profile_complete: { column: "profile_complete", type: "boolean", whenUnknown: false },
} as const satisfies ClaimTable;

/** The claims as an app finds them at the top level of the access token: always there, typed. */
export type ProfileClaims = ClaimValues<typeof PROFILE_CLAIMS>;

/**
 * Looks up the user's profile row in Supabase and writes the profile claims into the access token.
 *
 * Never throws for what Supabase, the network, the configuration or the data does: the claims then
 * have their `whenUnknown` value, and the one log line says why.
 *
 * Needs the bindings `kinde.accessToken`, `kinde.env`, `kinde.fetch` and `console`.
 *
 * @param event what Kinde hands to a workflow of the trigger `user:tokens_generation`
 * @returns the claims that were written
 */
export async function addProfileClaims(event: onUserTokenGeneratedEvent): Promise<ProfileClaims> {
  const startedAt = Date.now();
  const unknown = valuesWhenUnknown(PROFILE_CLAIMS);
  // Before anything else, because a run that is interrupted keeps what it has written.
  writeClaims(unknown);
  const roleFailure = addSupabaseRole();

  // An event that is not as documented must not throw either.
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
    return failed("INVALID_USER_ID", "empty, too long, or with characters no user id has");
  }
  return lookUpProfile(userId, PROFILE_CLAIMS, credentials);
}

function writeClaims(claims: ProfileClaims): void {
  for (const [name, value] of Object.entries(claims)) {
    setAccessTokenClaim(name, value);
  }
}
