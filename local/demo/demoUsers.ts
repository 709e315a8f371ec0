import pg from "pg";
import type { NewUser } from "../issuer/index.ts";

/** Has no row: the back office needs no profile. */
const OPERATOR: NewUser = {
  id: "kp_0b0f1ce0000000000000000000000006",
  email: "operator@example.com",
  givenName: "Olive",
  familyName: "Operator",
  permissions: ["grant:subscriptions"],
  note: "back office",
};

/** Kinde's users to go with the seeded rows, and one for the back office. */
export async function demoUsers(databaseUrl: string | undefined): Promise<NewUser[]> {
  if (databaseUrl === undefined) return [OPERATOR];
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<SeededRow>(
      "select kinde_id, full_name, lifetime_subscriber, profile_complete from public.profiles order by id",
    );
    return [...rows.map(toUser), OPERATOR];
  } finally {
    await client.end();
  }
}

interface SeededRow {
  kinde_id: string;
  full_name: string | null;
  lifetime_subscriber: boolean;
  profile_complete: boolean;
}

/** Kinde knows its users' names by itself; those without one in the row are called by their number. */
function toUser(row: SeededRow, index: number): NewUser {
  const [givenName = "", ...rest] = (row.full_name ?? "").trim().split(/\s+/);
  const familyName = rest.join(" ");
  return {
    id: row.kinde_id,
    givenName: givenName || "Somebody",
    familyName: familyName || `No. ${index + 1}`,
    email: `${(familyName || `user${index + 1}`).toLowerCase()}@example.com`,
    note: `${row.profile_complete ? "complete" : "incomplete"} profile${row.lifetime_subscriber ? ", lifetime subscriber" : ""}`,
  };
}
