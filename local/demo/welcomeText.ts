import { alignColumns } from "../command/table.ts";
import type { LocalApp } from "./startLocalApp.ts";

const TOUR = `Try this:
  1. Sign in as a user whose profile is incomplete, and open Workspace. It is closed. Save the profile form.
  2. Press "Grant the subscription" in the inspector on the page, and open Members.
  3. Press "Stop Supabase", sign out and sign in again. You are signed in, and the pages are closed.`;

/** What `npm run app` prints when the app runs: the users, the tour, and the address to open. */
export function welcomeText(
  { url, kinde, supabase }: Pick<LocalApp, "url" | "kinde" | "supabase">,
  { inspector }: { readonly inspector: boolean },
): string {
  const users = kinde.users
    .list()
    .map(({ givenName, familyName, note }) => [`  ${givenName} ${familyName}`, note]);
  const who = users.length > 0 ? `Users (no password)\n${alignColumns(users)}\n\n` : "";
  const tour = inspector ? `${TOUR}\n\n` : "";
  const database = supabase
    ? `Database, for SQL in another terminal: ${supabase.databaseUrl}\n\n`
    : "";
  return `\n${who}${tour}${database}Open ${url}\n\nRunning until Ctrl-C.\n`;
}
