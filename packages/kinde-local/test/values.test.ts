import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runProgram } from "./support/compareValues.ts";

interface Remaining {
  expression: string;
  engine: string;
  here: string;
  reason: string;
}

const FIXTURES = join(import.meta.dirname, "fixtures/values");
const read = (name: string): unknown => JSON.parse(readFileSync(join(FIXTURES, name), "utf8"));
const recorded = read("recorded.json") as { values: [expression: string, engine: string][] };
const { remaining } = read("remaining.json") as { remaining: Remaining[] };

test("expressions have the same values as in Kinde's public engine, except the listed ones", async () => {
  const { total, differences } = await runProgram([]);
  expect(total).toBe(4638);
  const byExpression = (a: { expression: string }, b: { expression: string }): number =>
    a.expression < b.expression ? -1 : 1;
  const listed = remaining.map(({ expression, engine, here }) => ({ expression, engine, here }));
  expect(differences.sort(byExpression)).toEqual(listed.sort(byExpression));
});

test("the list of different values is short, and each entry has a reason", () => {
  expect(remaining.length).toBeLessThanOrEqual(recorded.values.length * 0.003);
  for (const { reason } of remaining) expect(reason).toMatch(/^[A-Z].*\.$/);
});

test("expressions that share a run do not influence each other", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kinde-local-values-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const sample = recorded.values.filter((_, i) => i % 30 === 0);
  const file = join(folder, "sample.json");
  writeFileSync(file, JSON.stringify({ ...recorded, values: sample }));
  const shared = await runProgram([file]);
  expect(await runProgram(["--each", file])).toEqual(shared);
});
