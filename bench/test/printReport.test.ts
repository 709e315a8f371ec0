import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { printReport } from "../report/printReport.ts";
import type { Report } from "../report/types.ts";

test("the report shows what a bench measured before it failed", () => {
  const file = new URL("../results.json", import.meta.url);
  const { machine, sizes } = JSON.parse(readFileSync(file, "utf8")) as Report;
  const text = printReport({ machine, sizes: sizes.slice(0, 1), wire: null, signIns: null });
  expect(text).toContain("1,000 rows, ours");
  expect(text).not.toContain("On the wire");
  expect(text).not.toContain("one request for a token");
});
