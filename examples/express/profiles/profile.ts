import { z } from "zod";
import { CLAIMS } from "../claims.ts";
import type { ProfileRow } from "../claimTypes.ts";
import { type ProfileClaims, profileClaims } from "../profileClaims.ts";
import { PROFILE_FIELDS, type ProfileForm } from "./profileForm.ts";
import { ProfileStoreError } from "./storeError.ts";

/**
 * A user's row: its id, the form's fields, and the claims. A claim has its own name here, and not
 * the name of its column.
 */
export type Profile = ProfileForm & ProfileClaims & { readonly kinde_id: string };

const FORM_COLUMNS = {
  full_name: z.string().nullable(),
  company: z.string().nullable(),
} satisfies { [Field in keyof ProfileForm]: z.ZodType<ProfileRow[Field]> };

const IDENTITY_COLUMNS = { kinde_id: z.string() } satisfies {
  [Column in "kinde_id"]: z.ZodType<ProfileRow[Column]>;
};

/** In `claims.ts`, the compiler checks that the database has these columns with these types. */
const CLAIM_COLUMNS = Object.fromEntries(
  profileClaims.names.map((name) => {
    const { column, states } = CLAIMS[name];
    return [column, "true" in states ? z.boolean() : z.enum(Object.keys(states))];
  }),
);

const ROW = z.object({ ...CLAIM_COLUMNS, ...FORM_COLUMNS, ...IDENTITY_COLUMNS });

/** The columns of `public.profiles` that a profile needs, as a list for PostgREST's `select`. */
export const COLUMNS: string = Object.keys(ROW.shape).join(",");

/**
 * Makes a profile from a row that came from Supabase.
 *
 * @throws ProfileStoreError if the row does not have the columns and types of the migrations
 */
export function toProfile(row: unknown): Profile {
  const parsed = ROW.safeParse(row);
  if (!parsed.success) {
    const columns = parsed.error.issues.map(({ path }) => path.join(".") || "the whole row");
    throw new ProfileStoreError(
      `the profile's row is not as the migrations make it (${columns.join(", ")})`,
    );
  }
  const columns: Record<string, unknown> = parsed.data;
  const claims = profileClaims.names.map((name) => [name, columns[CLAIMS[name].column]]);
  const form = PROFILE_FIELDS.map(({ name }) => [name, parsed.data[name] ?? ""] as const);
  return {
    ...profileClaims.read(Object.fromEntries(claims)),
    ...(Object.fromEntries(form) as ProfileForm),
    kinde_id: parsed.data.kinde_id,
  };
}
