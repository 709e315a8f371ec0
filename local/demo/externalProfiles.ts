import { createSupabaseClient } from "../../examples/express/profiles/createSupabaseClient.ts";
import { type OpenProfile, ownProfile } from "../../examples/express/profiles/ownProfile.ts";
import { readOnlyProfile } from "../../examples/express/profiles/readOnlyProfile.ts";

/**
 * Opens users' rows of an external project with the project's secret key. Kinde's tokens cannot be
 * used: a hosted project cannot reach the local Kinde, so it does not accept them.
 *
 * @param options.allowWrites lets the app change rows
 */
export function openExternalProfile(options: {
  url: string;
  secretKey: string;
  allowWrites: boolean;
}): OpenProfile {
  const supabase = createSupabaseClient(options.url, options.secretKey);
  const openProfile: OpenProfile = ({ id }) => ownProfile(supabase, id);
  return options.allowWrites ? openProfile : readOnlyProfile(openProfile);
}
