import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const KNIP = join(import.meta.dirname, "../../node_modules/.bin/knip");

/**
 * What nothing used on 2026-11-25, while several people were at work on these files: packages were
 * installed before the code that needs them. Remove a line as soon as it no longer applies; when
 * the list is empty, `knip` in package.json's `test` can take the place of this test.
 */
const KNOWN = [
  "examples/express/package.json: cookie",
  "examples/express/package.json: express-rate-limit",
  "examples/express/package.json: express-session",
  "examples/express/package.json: helmet",
  "examples/express/package.json: kinde-claims",
  "examples/express/package.json: oauth4webapi",
  "examples/express/package.json: zod",
  "examples/express/package.json: @types/express-session",
  "packages/kinde-claims/package.json: jose",
  "packages/kinde-local/package.json: eslint-scope",
  "package.json: @koa/router",
  "package.json: @supabase/supabase-js",
  "package.json: @types/connect-pg-simple",
  "package.json: connect-pg-simple",
  "package.json: zod",
  "test/local/issuer/sdk.test.ts: @kinde-oss/kinde-typescript-sdk",
  "test/local/issuer/support/sdkUser.ts: @kinde-oss/kinde-typescript-sdk",
  "examples/express/guards/requireClaim.ts: requireClaim",
  "examples/express/profiles/profileForm.ts: MAX_CHARACTERS",
  "local/issuer/webhooks.ts: RETRY_AFTER_MS",
  "packages/kinde-local/src/bundle/refusePackages.ts: ALLOWED_PACKAGES",
  "packages/kinde-local/src/check/rules/claims.ts: PROHIBITED_CLAIMS",
  "packages/kinde-local/src/check/rules/variables.ts: variablesRead",
  "packages/kinde-local/src/fetch/performFetch.ts: FETCH_LIMIT_MS",
  "packages/kinde-local/src/realm/inside/goUrl.ts: invalidUrl",
  "packages/kinde-local/src/realm/inside/goUrl.ts: hostname",
  "packages/kinde-local/src/realm/inside/primordials.ts: ownKeys",
  "packages/kinde-local/src/run/defaults.ts: UNKNOWN_VALUES",
  "packages/kinde-local/src/run/defaults.ts: DEFAULT_LIMITS",
  "local/issuer/index.ts: Credentials",
  "local/issuer/index.ts: IssuerOptions",
  "local/issuer/index.ts: User",
  "local/issuer/index.ts: TokenDecision",
  "local/issuer/index.ts: TokenWorkflow",
  "local/issuer/types.ts: User",
  "local/supabase/index.ts: StackPart",
  "local/supabase/index.ts: StoppablePart",
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
}, 60_000);
