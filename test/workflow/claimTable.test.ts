import { expect, test } from "vitest";
import {
  type ClaimTable,
  valuesFromRow,
  valuesWhenUnknown,
} from "../../kindeSrc/environment/workflows/profileClaims/claimTable.ts";

const table = {
  plan: { column: "plan_code", type: "string", whenUnknown: "free" },
  seats: { column: "seats", type: "number", whenUnknown: null },
} as const satisfies ClaimTable;

test("a claim may have another name than its column, and another type than boolean", () => {
  expect(valuesFromRow(table, { plan_code: "gold", seats: 3 })).toEqual({ plan: "gold", seats: 3 });
});

test("without a row every claim has its own value for unknown", () => {
  expect(valuesWhenUnknown(table)).toEqual({ plan: "free", seats: null });
});

test.each([
  ["a column is missing", { plan_code: "gold" }],
  ["a column is null", { plan_code: "gold", seats: null }],
  ["a number arrives as text", { plan_code: "gold", seats: "3" }],
  ["a column is only inherited", Object.create({ plan_code: "gold", seats: 3 })],
])("a row gives no claims at all when %s", (_, row) => {
  expect(valuesFromRow(table, row)).toBeUndefined();
});
