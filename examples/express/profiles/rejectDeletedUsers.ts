import type { OpenProfile } from "./ownProfile.ts";
import { ProfileStoreError } from "./storeError.ts";

/** The user was deleted in Kinde and has no profile any more. */
export class UserDeletedError extends ProfileStoreError {
  override name = "UserDeletedError";
}

/**
 * Wraps the access to rows so that it makes no row for a user who was deleted in Kinde. Supabase
 * accepts the access token of such a user until it expires. After a write of such a user there is
 * no row. If the app cannot make sure of that, the write throws. `save` always throws for such a
 * user, because the form is not saved.
 *
 * @param parts.isUserDeleted called before and after a write, because the user may be deleted
 *   during the write
 * @param parts.remove removes a row, which the policies do not let users do themselves
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
