import pg from "pg";

/** A user of Kinde's who has no row in `profiles`: signed in, but never seen by the app. */
export const USER_WITHOUT_ROW = "kp_00000000000000000000000000000000";

/** The users that `supabase/seed.sql` put into the local database. */
export async function seededUsers(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ kinde_id: string }>(
      "select kinde_id from public.profiles order by id",
    );
    return rows.map((row) => row.kinde_id);
  } finally {
    await client.end();
  }
}
