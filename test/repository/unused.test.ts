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
  "packages/kinde-claims/package.json: jose",
  "packages/kinde-local/package.json: eslint-scope",
  "package.json: @koa/router",
  "package.json: @supabase/supabase-js",
  "package.json: @types/connect-pg-simple",
  "package.json: connect-pg-simple",
  "package.json: zod",
  "local/issuer/webhooks.ts: RETRY_AFTER_MS",
  "refusePackages.ts: ALLOWED_PACKAGES",
  "claims.ts: PROHIBITED_CLAIMS",
  "variables.ts: variablesRead",
  "performFetch.ts: FETCH_LIMIT_MS",
  "goUrl.ts: invalidUrl",
  "goUrl.ts: hostname",
  "primordials.ts: ownKeys",
  "defaults.ts: UNKNOWN_VALUES",
  "defaults.ts: DEFAULT_LIMITS",
  "local/issuer/index.ts: Credentials",
  "local/issuer/index.ts: IssuerOptions",
  "local/issuer/index.ts: User",
  "local/issuer/index.ts: TokenDecision",
  "local/issuer/index.ts: TokenWorkflow",
  "local/issuer/types.ts: User",
  "local/supabase/index.ts: StackPart",
  "local/supabase/index.ts: StoppablePart",
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
