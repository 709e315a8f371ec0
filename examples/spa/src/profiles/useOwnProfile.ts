import { useCallback, useEffect, useState } from "react";
import { useUser } from "../session/sessionContext.ts";
import type { Profile } from "./ownProfile.ts";
import type { ProfileStoreError } from "./ProfileStoreError.ts";

export type Reading =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly row: Profile }
  | { readonly status: "failed"; readonly error: ProfileStoreError };

/** Reads the user's own row, and reads it again after `again()` and with every new token. */
export function useOwnProfile(): { readonly reading: Reading; readonly again: () => void } {
  const { profile } = useUser();
  const [reading, setReading] = useState<Reading>({ status: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const show = (next: Reading) => {
      if (isCurrent) setReading(next);
    };
    profile.open().then(
      (row) => show({ status: "ready", row }),
      (error: ProfileStoreError) => show({ status: "failed", error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [profile, attempt]);
  return { reading, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
