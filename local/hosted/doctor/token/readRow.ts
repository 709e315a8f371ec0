import { z } from "zod";
import { PROFILE_CLAIMS } from "../../../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import type { World } from "../../world.ts";

export type ClaimValue = string | number | boolean | null;

export interface Row {
  /** The claims that follow from the row, by name. */
  readonly claims: Readonly<Record<string, ClaimValue>>;
  readonly updatedAt: Date;
}

export type RowReading =
  | { readonly row: Row | undefined }
  /**
   * Why the row was not read. `isFault` if it could not be read although the settings are there.
   */
  | { readonly unread: string; readonly isFault: boolean };

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const row = z.object({ updated_at: z.coerce.date(), claims: z.record(z.string(), value) });

/** Reads what the row of a user says now. */
export async function readRow({ supabase }: World, userId: string): Promise<RowReading> {
  if (supabase === undefined) {
    const unread = "SUPABASE_ACCESS_TOKEN and SUPABASE_PROJECT_REF are not set";
    return { unread, isFault: false };
  }
  const columns = Object.entries(PROFILE_CLAIMS).flatMap(([name, { column }]) => [
    `'${name}'`,
    `profiles."${column}"`,
  ]);
  const rows = await supabase.readOnlyQuery(
    row,
    `select updated_at, jsonb_build_object(${columns.join(", ")}) as claims
from public.profiles where kinde_id = $1::text limit 1`,
    [userId],
  );
  const [found] = rows;
  return { row: found && { claims: found.claims, updatedAt: found.updated_at } };
}
