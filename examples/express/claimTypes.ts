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

/** What the app knows of one claim, which is a boolean or one text of a list. */
interface ClaimEntry<Column, Value> {
  /** The column of `public.profiles` that the workflow reads the claim from. */
  readonly column: Column;
  /** The value when the token does not have the claim, or has it with another type. */
  readonly whenAbsent: Value;
  /** The claim's name for people. */
  readonly label: string;
  /** A sentence for each value the claim can have. */
  readonly states: { readonly [State in Stated<Value>]: string };
  /** What a user does to get what the claim gives. */
  readonly toGetIt: string;
}

/** A claim's values as texts; `never` for a claim that can be any text, a number or null. */
type Stated<Value> = [Value] extends [boolean]
  ? `${Value}`
  : [Value] extends [string]
    ? string extends Value
      ? never
      : Value
    : never;

/**
 * The column of a claim, or `never`, so that no entry fits: if this app cannot show the claim's
 * type, or if the database has no such column, may have null in it, or holds another type there.
 * `npm run types:database` makes the database's types follow the migrations.
 */
type ColumnFor<Column extends string, Value> = [Stated<Value>] extends [never]
  ? never
  : Column extends keyof ProfileRow
    ? [Value, null] extends [ProfileRow[Column], Exclude<null, ProfileRow[Column]>]
      ? Column
      : never
    : never;
