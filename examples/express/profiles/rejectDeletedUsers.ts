import { ProfileStoreError } from "./profile.ts";
import type { ProfileStore } from "./profileStore.ts";

/** Whoever was deleted in Kinde has no profile any more. */
export class UserDeletedError extends ProfileStoreError {
  override name = "UserDeletedError";
}

/**
 * The store, but for users who were deleted in Kinde: their tokens may be good for a day more, and a
 * form or a late `user.created` must not bring the row back. Whatever comes of it, there is no row
 * afterwards, or an error that says to try again.
 *
 * @param wasDeleted asked before and after, since the deletion may come meanwhile
 */
export function keepDeletedOut(
  store: ProfileStore,
  wasDeleted: (userId: string) => Promise<boolean>,
): ProfileStore {
  return {
    ...store,
    async ensure(userId) {
      if (!(await wasDeleted(userId))) await store.ensure(userId);
      if (await wasDeleted(userId)) await store.remove(userId);
    },
    async saveForm(userId, form) {
      const profile = (await wasDeleted(userId)) ? undefined : await store.saveForm(userId, form);
      if (profile && !(await wasDeleted(userId))) return profile;
      await store.remove(userId);
      throw new UserDeletedError("the user was deleted in Kinde");
    },
  };
}
