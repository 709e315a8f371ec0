import { expect, test } from "vitest";
import { PROFILE_CLAIMS } from "../../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import { CLAIMS } from "../claims.ts";
import type { ClaimTableFor } from "../claimTypes.ts";
import { profileClaims } from "../profileClaims.ts";

test("the app has an entry for every claim of the workflow, with the same column and default value", () => {
  expect([...profileClaims.names].sort()).toEqual(Object.keys(PROFILE_CLAIMS).sort());
  for (const name of profileClaims.names) {
    const { column, whenUnknown } = PROFILE_CLAIMS[name];
    expect(CLAIMS[name]).toMatchObject({ column, whenAbsent: whenUnknown });
  }
});

type Contract<Column extends string, Type extends "string" | readonly string[]> = {
  readonly tier: { readonly column: Column; readonly type: Type; readonly whenUnknown: "free" };
};
type Tiers = readonly ["free", "pro"];
type Table<
  Column extends string,
  Type extends "string" | readonly string[] = Tiers,
> = ClaimTableFor<Contract<Column, Type>>;
const fits = <T>(table: T) => expect(table).toBeDefined();

const tier = {
  column: "kinde_id",
  whenAbsent: "free",
  label: "Tier",
  states: { free: "", pro: "" },
  toGetIt: "",
} as const;

test("an entry that does not fit the contract or the database does not compile", () => {
  fits<Table<"kinde_id">>({ tier });
  // @ts-expect-error: the database has no such column
  fits<Table<"no_such_column">>({ tier: { ...tier, column: "no_such_column" } });
  // @ts-expect-error: the column may be null
  fits<Table<"company">>({ tier: { ...tier, column: "company" } });
  // @ts-expect-error: the contract names another column
  fits<Table<"kinde_id">>({ tier: { ...tier, column: "company" } });
  // @ts-expect-error: a claim that may be any string cannot have a sentence for each value
  fits<Table<"kinde_id", "string">>({ tier });
  // @ts-expect-error: a state has no sentence
  fits<Table<"kinde_id">>({ tier: { ...tier, states: { free: "" } } });
  // @ts-expect-error: the value of `whenAbsent` is not in the list
  fits<Table<"kinde_id">>({ tier: { ...tier, whenAbsent: "gold" } });
  // @ts-expect-error: an entry for a claim that the workflow does not write
  fits<Table<"kinde_id">>({ tier, extra: tier });
  // @ts-expect-error: no entry for a claim that the workflow writes
  fits<Table<"kinde_id">>({});
});
