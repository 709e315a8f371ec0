import { redirect } from "next/navigation";
import type { User } from "@/lib/auth/visitor";
import { type Profile, readProfile } from "@/lib/profiles/ownProfile";
import { ProfileStoreError } from "@/lib/profiles/ProfileStoreError";
import { unavailablePath } from "@/lib/web/paths";

/**
 * Reads the user's row for a page that needs it. If the row cannot be read, the user is redirected
 * to a page that says so and leads back.
 */
export async function readRow(user: User, here: string): Promise<Profile | null> {
  try {
    return await readProfile(user);
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    console.error(`profile unreadable code=${error.code} reason=${JSON.stringify(error.message)}`);
    const service = error.code === "TOKEN_NOT_ACCEPTED" ? "set-up" : "supabase";
    redirect(unavailablePath(service, here));
  }
}
