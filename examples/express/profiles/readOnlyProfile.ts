import type { OpenProfile } from "./ownProfile.ts";
import { ProfileStoreError } from "./storeError.ts";

/** A form was sent to change a row in a project that this app only reads. */
export class ReadOnlyError extends ProfileStoreError {
  override name = "ReadOnlyError";

  constructor() {
    super("this app may only read the profiles of its Supabase project");
  }
}

/**
 * Wraps the access to rows so that nothing changes: a sign-in makes no row, and a form is refused.
 */
export function readOnlyProfile(openProfile: OpenProfile): OpenProfile {
  return (owner) => ({
    read: openProfile(owner).read,
    ensure: async () => undefined,
    save: async () => {
      throw new ReadOnlyError();
    },
  });
}
