import { type AdminProfiles, createAdminProfiles } from "../../profiles/adminProfiles.ts";
import { createSupabaseClient } from "../../profiles/createSupabaseClient.ts";
import { ownProfile } from "../../profiles/ownProfile.ts";
import type { Profile } from "../../profiles/profile.ts";
import type { ProfileForm } from "../../profiles/profileForm.ts";

/** The rows of all users, for a test that prepares or reads one. */
export interface Rows extends AdminProfiles {
  saveForm(userId: string, form: ProfileForm): Promise<Profile>;
}

export function createRows(options: { url: string; secretKey: string }): Rows {
  const supabase = createSupabaseClient(options.url, options.secretKey);
  return {
    ...createAdminProfiles(options),
    saveForm: (userId, form) => ownProfile(supabase, userId).save(form),
  };
}
