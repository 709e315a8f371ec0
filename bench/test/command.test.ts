import { expect, test } from "vitest";
import { UsageError } from "../../local/command/errors.ts";
import { startTypeScript } from "../../test/support/programs.ts";
import { readOptions } from "../options.ts";
import type { Report } from "../report/types.ts";

const BENCH = "bench/index.ts";

test("a small bench prints one JSON document, and its results are within the limits that hold at any size", async () => {
  const size = ["--rows", "1000", "--samples", "5", "--seconds", "0.3", "--concurrent", "2"];
  const { exitCode, stdout, stderr } = await startTypeScript(BENCH, [...size, "--json"]).ended;
  expect(exitCode).toBe(0);
  expect(stderr).toContain("Running the workflows on 1,000 rows");
  const { sizes, wire, signIns } = JSON.parse(stdout) as Report;
  expect(sizes[0]?.lookup.ours.pages.median).toBeLessThanOrEqual(4);
  expect(sizes[0]?.lookup.ours.steps).toContain("Index Scan");
  expect(wire?.ours.requests).toBe(1);
  expect(signIns?.ours).toMatchObject({ stopped: 0, withoutClaim: 0, denied: 0 });
  // A failure stops no sign-in, and every token has the claim: it is false while the database is
  // down, then correct again.
  expect(signIns?.oursWithRestart).toMatchObject({ stopped: 0, withoutClaim: 0 });
  expect(signIns?.oursWithRestart.denied).toBeGreaterThan(0);
  expect(signIns?.oursWithRestart.outage?.rightAgainAfterMs).toBeLessThan(5000);
}, 180_000);

test("a usage error ends with exit code 2 and one line", async () => {
  const { exitCode, stdout, stderr } = await startTypeScript(BENCH, ["--fast"]).ended;
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr.trim()).toBe(
    "npm run bench: unknown option '--fast'. See npm run bench -- --help.",
  );
});

test.each([
  ["rows in descending order", ["--rows", "2000,1000"], "ascending order"],
  ["rows that are not numbers", ["--rows", "many"], "whole numbers"],
  ["seconds that are not a number", ["--seconds", "soon"], "up to 600"],
  ["two options for the number of rows", ["--rows", "1000", "--large"], "cannot be used with"],
  ["a chart in a folder that does not exist", ["--chart", "/nowhere/chart.svg"], "No file can be"],
  ["a chart that is a folder", ["--chart", "/tmp"], "No file can be"],
  ["zero concurrent sign-ins", ["--concurrent", "0"], "A whole number from 1 to 1000"],
])("an error names %s", (_, args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
  expect(() => readOptions(args)).toThrow(UsageError);
});
