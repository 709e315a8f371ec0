import { LocalStackError, withDatabase } from "../supabase/index.ts";

/** A user of Kinde without a row in `profiles`, who signed in but never opened the app. */
export const USER_WITHOUT_ROW = "kp_00000000000000000000000000000000";

/** The users that `supabase/seed.sql` put into the local database. */
export async function seededUsers(databaseUrl: string): Promise<string[]> {
  try {
    const { rows } = await withDatabase(databaseUrl, (client) =>
      client.query<{ kinde_id: string }>("select kinde_id from public.profiles order by id"),
    );
    return rows.map((row) => row.kinde_id);
  } catch (error) {
    throw new LocalStackError(
      "migrations",
      `the seeded users could not be read from public.profiles (${(error as Error).message}). Check that the migrations make this table, or name users with --user.`,
    );
  }
}
