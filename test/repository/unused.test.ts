import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const KNIP = join(import.meta.dirname, "../../node_modules/.bin/knip");

/**
 * What nothing used on 2026-11-25, while several people were at work on these files: packages were
 * installed before the code that needs them. Files of kinde-local were being moved, so they stand
 * here without their folder. Remove a line as soon as it no longer applies; when the list is empty,
 * `knip` in package.json's `test` can take the place of this test.
 */
const KNOWN = [
  "examples/express/profiles/profileForm.ts: MAX_CHARACTERS",
  "claims.ts: PROHIBITED_CLAIMS",
  "variables.ts: variablesRead",
  "performFetch.ts: FETCH_LIMIT_MS",
  "goUrl.ts: invalidUrl",
  "goUrl.ts: hostname",
  "primordials.ts: ownKeys",
  "defaults.ts: UNKNOWN_VALUES",
  "defaults.ts: DEFAULT_LIMITS",
  "spellings.ts: literal",
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
  const isKnown = (each: string) => KNOWN.includes(each) || KNOWN.includes(basename(each));
  expect(found.filter((each) => !isKnown(each))).toEqual([]);
}, 60_000);
