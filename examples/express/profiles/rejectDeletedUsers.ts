import type { OpenProfile } from "./ownProfile.ts";
import { ProfileStoreError } from "./storeError.ts";

/** The user was deleted in Kinde and has no profile any more. */
export class UserDeletedError extends ProfileStoreError {
  override name = "UserDeletedError";
}

/**
 * Wraps the access to rows so that it makes no row for a user who was deleted in Kinde. The access
 * token of such a user opens Supabase until it expires. After a write there is no row, or an error
 * that says to try again.
 *
 * @param parts.isUserDeleted asked before and after a write, since the deletion may come meanwhile
 * @param parts.remove removes a row, which users may not do themselves
 */
export function rejectDeletedUsers(
  openProfile: OpenProfile,
  parts: {
    readonly isUserDeleted: (userId: string) => Promise<boolean>;
    readonly remove: (userId: string) => Promise<void>;
  },
): OpenProfile {
  const { isUserDeleted, remove } = parts;
  return (owner) => {
    const profile = openProfile(owner);
    return {
      read: profile.read,
      async ensure() {
        if (!(await isUserDeleted(owner.id))) await profile.ensure();
        if (await isUserDeleted(owner.id)) await remove(owner.id);
      },
      async save(form) {
        const saved = (await isUserDeleted(owner.id)) ? undefined : await profile.save(form);
        if (saved && !(await isUserDeleted(owner.id))) return saved;
        await remove(owner.id);
        throw new UserDeletedError("the user was deleted in Kinde");
      },
    };
  };
}
