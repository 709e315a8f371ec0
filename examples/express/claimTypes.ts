import type {
  ClaimValues,
  ClaimTable as Contract,
} from "../../kindeSrc/environment/workflows/profileClaims/claimTable.ts";
import type { Database } from "../../supabase/database.types.ts";

/** A row of `public.profiles`, as the migrations make it. */
export type ProfileRow = Database["public"]["Tables"]["profiles"]["Row"];

/** The app's table for the claims of a contract: exactly one entry for each claim. */
export type ClaimTableFor<Table extends Contract> = {
  readonly [Name in keyof Table]: ClaimEntry<
    ColumnFor<Table[Name]["column"], ClaimValues<Table>[Name]>,
    ClaimValues<Table>[Name]
  >;
};

/** The app's entry for one claim. The claim is a boolean or one string of a fixed list. */
interface ClaimEntry<Column, Value> {
  /** The column of `public.profiles` that the workflow reads the claim from. */
  readonly column: Column;
  /** The value when the token does not have the claim, or has it with another type. */
  readonly whenAbsent: Value;
  /** The claim's name for people. */
  readonly label: string;
  /** A sentence for each value the claim can have. */
  readonly states: { readonly [State in Stated<Value>]: string };
  /** What a user must do to get access. The API sends it when it refuses a request. */
  readonly toGetIt: string;
}

/** A claim's values as strings; `never` for a claim that can be any string, a number or null. */
type Stated<Value> = [Value] extends [boolean]
  ? `${Value}`
  : [Value] extends [string]
    ? string extends Value
      ? never
      : Value
    : never;

/**
 * The column of a claim. It is `never`, so that no entry compiles, if this app cannot show the
 * claim's type, or if the database has no such column, allows null in it, or has another type in
 * it. `npm run types:database` generates the database's types from the migrations.
 */
type ColumnFor<Column extends string, Value> = [Stated<Value>] extends [never]
  ? never
  : Column extends keyof ProfileRow
    ? [Value, null] extends [ProfileRow[Column], Exclude<null, ProfileRow[Column]>]
      ? Column
      : never
    : never;
