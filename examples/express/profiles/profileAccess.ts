import type { Deliveries } from "kinde-claims";
import type { AppConfig } from "../config.ts";
import { createDatabaseDeliveries } from "../webhooks/databaseDeliveries.ts";
import { type AdminProfiles, createAdminProfiles } from "./adminProfiles.ts";
import { createOpenProfile, type OpenProfile } from "./ownProfile.ts";
import { rejectDeletedUsers } from "./rejectDeletedUsers.ts";

/** The app's access to the rows: with the user's token, and with the secret key if it has one. */
export interface ProfileAccess {
  readonly openProfile: OpenProfile;
  /** Whether Kinde's webhook said that the user was deleted. Without webhooks, always false. */
  readonly isUserDeleted: (userId: string) => Promise<boolean>;
  /** Absent without a secret key: the app then has no back office and no webhooks. */
  readonly admin?: { readonly profiles: AdminProfiles; readonly deliveries: Deliveries };
}

/** @param openProfile another way to open a row, if Supabase does not accept Kinde's tokens */
export function createProfileAccess(
  { url, publishableKey, secretKey }: AppConfig["supabase"],
  openProfile: OpenProfile = createOpenProfile({ url, publishableKey }),
): ProfileAccess {
  if (secretKey === undefined) return { openProfile, isUserDeleted: async () => false };
  const profiles = createAdminProfiles({ url, secretKey });
  const deliveries = createDatabaseDeliveries({ url, secretKey });
  const { isUserDeleted } = deliveries;
  return {
    openProfile: rejectDeletedUsers(openProfile, { isUserDeleted, remove: profiles.remove }),
    isUserDeleted,
    admin: { profiles, deliveries },
  };
}
