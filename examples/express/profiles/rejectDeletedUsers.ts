import { ProfileStoreError } from "./profile.ts";
import type { ProfileStore } from "./profileStore.ts";

/** The user was deleted in Kinde and has no profile any more. */
export class UserDeletedError extends ProfileStoreError {
  override name = "UserDeletedError";
}

/**
 * Wraps a store so that it makes no row for a user who was deleted in Kinde. The access token of
 * such a user may be valid for a day more. After a write there is no row, or an error that says to
 * try again.
 *
 * @param isUserDeleted asked before and after a write, since the deletion may come meanwhile
 */
export function rejectDeletedUsers(
  store: ProfileStore,
  isUserDeleted: (userId: string) => Promise<boolean>,
): ProfileStore {
  return {
    ...store,
    async ensure(userId) {
      if (!(await isUserDeleted(userId))) await store.ensure(userId);
      if (await isUserDeleted(userId)) await store.remove(userId);
    },
    async saveForm(userId, form) {
      const isDeleted = await isUserDeleted(userId);
      const profile = isDeleted ? undefined : await store.saveForm(userId, form);
      if (profile && !(await isUserDeleted(userId))) return profile;
      await store.remove(userId);
      throw new UserDeletedError("the user was deleted in Kinde");
    },
  };
}
