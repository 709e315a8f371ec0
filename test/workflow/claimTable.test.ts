import { expect, expectTypeOf, test } from "vitest";
import {
  type ClaimTable,
  type ClaimValues,
  valuesFromRow,
  valuesWhenUnknown,
} from "../../kindeSrc/environment/workflows/profileClaims/claimTable.ts";

const table = {
  plan: { column: "plan_code", type: "string", whenUnknown: "free" },
  seats: { column: "seats", type: "number", whenUnknown: null },
  tier: { column: "tier", type: ["free", "pro"], whenUnknown: "free" },
} as const satisfies ClaimTable;

test("a claim may have another name than its column, and another type than boolean", () => {
  expect(valuesFromRow(table, { plan_code: "gold", seats: 3, tier: "pro" })).toEqual({
    plan: "gold",
    seats: 3,
    tier: "pro",
  });
});

test("without a row, every claim has its unknown value", () => {
  expect(valuesWhenUnknown(table)).toEqual({ plan: "free", seats: null, tier: "free" });
});

test("the strings of a list are the type of the claim", () => {
  expectTypeOf<ClaimValues<typeof table>>().toEqualTypeOf<{
    plan: string;
    seats: number | null;
    tier: "free" | "pro";
  }>();
});

const row = { plan_code: "gold", seats: 3, tier: "pro" };

test.each([
  ["a column is missing", { plan_code: "gold", tier: "pro" }],
  ["a column is null", { ...row, seats: null }],
  ["a number arrives as a string", { ...row, seats: "3" }],
  ["a string is not in the claim's list", { ...row, tier: "enterprise" }],
  ["a string of the list is written in capitals", { ...row, tier: "PRO" }],
  ["a list arrives instead of a string of the list", { ...row, tier: ["pro"] }],
  ["a column that has a list is null", { ...row, tier: null }],
  ["a column is only inherited", Object.create(row)],
])("a row leads to no claims at all when %s", (_, broken) => {
  expect(valuesFromRow(table, broken)).toBeUndefined();
});
