import { COLUMNS, type Profile, toProfile } from "../../examples/express/profiles/profile.ts";
import type { NewUser } from "../issuer/index.ts";
import { withDatabase } from "../supabase/index.ts";

/** This user has no row, since the back office needs no profile. */
const OPERATOR: NewUser = {
  id: "kp_0b0f1ce0000000000000000000000006",
  email: "operator@example.com",
  givenName: "Olive",
  familyName: "Operator",
  permissions: ["grant:subscriptions"],
  note: "back office",
};

/**
 * The users in Kinde that belong to the seeded rows, and one for the back office. Anybody on this
 * machine can sign in as them without a password.
 *
 * @param databaseUrl the local database
 */
export async function demoUsers(databaseUrl: string): Promise<NewUser[]> {
  const { rows } = await withDatabase(databaseUrl, (client) =>
    client.query<Record<string, unknown>>(`select ${COLUMNS} from public.profiles order by id`),
  );
  return [...rows.map((row, index) => toUser(toProfile(row), index)), OPERATOR];
}

/** Makes the user of a row. If the row has no name, the user's name is a number. */
function toUser(row: Profile, index: number): NewUser {
  const [givenName = "", ...rest] = row.full_name.trim().split(/\s+/);
  const familyName = rest.join(" ");
  return {
    id: row.kinde_id,
    givenName: givenName || "Somebody",
    familyName: familyName || `No. ${index + 1}`,
    email: `${(familyName || `user${index + 1}`).toLowerCase()}@example.com`,
    note: `${row.profile_complete ? "complete" : "incomplete"} profile${row.lifetime_subscriber ? ", lifetime subscriber" : ""}`,
  };
}
