import type { Deliveries } from "kinde-claims";
import type { AppConfig } from "../config.ts";
import { createDatabaseDeliveries } from "../webhooks/databaseDeliveries.ts";
import { type AdminProfiles, createAdminProfiles } from "./adminProfiles.ts";
import { createOpenProfile, type OpenProfile } from "./ownProfile.ts";
import { rejectDeletedUsers } from "./rejectDeletedUsers.ts";

/** How the app reaches the rows: as the user, and with the secret key if it has one. */
export interface ProfileAccess {
  readonly openProfile: OpenProfile;
  /** Whether Kinde said that the user was deleted. Without webhooks the app does not know. */
  readonly isUserDeleted: (userId: string) => Promise<boolean>;
  /** Absent without a secret key: the app then has no back office and no webhooks. */
  readonly admin?: { readonly profiles: AdminProfiles; readonly deliveries: Deliveries };
}

/** @param openProfile opens a user's row, where Supabase does not accept Kinde's tokens */
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
