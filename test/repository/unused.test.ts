import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const KNIP = join(import.meta.dirname, "../../node_modules/.bin/knip");

/**
 * What knip finds until examples/express uses kinde-claims. Remove a line as soon as it no longer
 * applies; when the list is empty, `knip` in package.json's `test` can take the place of this test.
 */
const KNOWN = [
  "examples/express/package.json: kinde-claims",
  "examples/express/package.json: @kinde-oss/kinde-typescript-sdk",
  "examples/express/guards/requireClaim.ts: requireClaim",
];

test("knip finds no unused file, export or dependency, but for the known ones", async () => {
  const args = ["--no-progress", "--reporter", "json"];
  const { stdout } = await promisify(execFile)(KNIP, args).catch(
    (error: { stdout: string }) => error,
  );
  const { issues } = JSON.parse(stdout) as { issues: Record<string, unknown>[] };
  const found = issues.flatMap(({ file, ...kinds }) =>
    Object.values(kinds)
      .flatMap((names) => (Array.isArray(names) ? (names as { name: string }[]) : []))
      .map(({ name }) => `${file}: ${name}`),
  );
  expect(found.filter((each) => !KNOWN.includes(each))).toEqual([]);
});
