import { ProfileStoreError } from "./profile.ts";
import type { ProfileStore } from "./profileStore.ts";

/** Somebody tried to change a row in a project that this app only reads. */
export class ReadOnlyError extends ProfileStoreError {
  override name = "ReadOnlyError";

  constructor() {
    super("this app may only read the profiles of its Supabase project");
  }
}

/**
 * The store of a project in which nothing may change. Signing in and Kinde's webhooks leave the rows
 * as they are; the form and the back office are refused.
 */
export function readOnlyStore({ read, latest }: ProfileStore): ProfileStore {
  const refuse = async () => {
    throw new ReadOnlyError();
  };
  return {
    read,
    latest,
    ensure: async () => undefined,
    remove: async () => undefined,
    saveForm: refuse,
    setLifetimeSubscriber: refuse,
  };
}
