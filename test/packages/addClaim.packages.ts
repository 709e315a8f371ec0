import { type ChildProcess, execFile, spawn } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpBrowser, signIn } from "../../local/demo/httpBrowser.ts";
import { readAddClaimSteps } from "./support/addClaimSteps.ts";
import { copyRepository, type RepositoryCopy } from "./support/copyRepository.ts";

/** Follows the documentation's "Add a claim" in a copy of the repository, up to the app's pages. */
const steps = readAddClaimSteps();
const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";
const GRACE = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";

/** The tests that check lists of columns, claims or rights, and would notice a missing claim. */
const CONCERNED = [
  "test/supabase/pgtap.test.ts",
  "test/supabase/access.test.ts",
  "test/supabase/claims.test.ts",
  "test/supabase/schema.test.ts",
  "test/workflow/claimTable.test.ts",
  "test/workflow/events.test.ts",
  "test/workflow/merging.test.ts",
  "test/workflow/onSupabase.test.ts",
  "examples/express/test/claims.test.ts",
  "examples/express/test/profileClaims.test.ts",
  "examples/express/test/apiRoutes.test.ts",
  "examples/express/test/pages.test.ts",
  "examples/express/test/profiles.test.ts",
  "examples/express/test/coolDown.test.ts",
];

describe.each([
  {
    name: "beta_tester",
    granted: true,
    whenUnknown: false,
    sentences: ["New features come early.", "New features come with the release."],
  },
  {
    name: "tier",
    granted: "pro",
    whenUnknown: "free",
    sentences: ["The pro tier.", "The free tier."],
  },
] as const)("the claim $name", ({ name, granted, whenUnknown, sentences }) => {
  let copy: RepositoryCopy;
  beforeAll(async () => {
    copy = copyRepository();
    const { sql, contract, entry, commands } = steps[name];
    await run(copy, steps.newMigration.replace("beta_tester", name));
    const migrations = join(copy.folder, "supabase/migrations");
    const added = readdirSync(migrations).find((file) => file.endsWith(`_add_${name}.sql`));
    writeFileSync(join(migrations, added ?? ""), sql);
    insert(copy, "kindeSrc/environment/workflows/profileClaims/profileClaims.ts", contract);
    insert(copy, "examples/express/claims.ts", entry);
    for (const command of commands) await run(copy, command);
  });
  afterAll(() => copy?.remove());

  test("passes the compiler and the linter", async () => {
    await run(copy, "npm run types");
    await run(copy, "npx biome lint --error-on-warnings .");
  });

  test("causes compiler errors in exactly one file of the app if the app's table lacks it", async () => {
    const file = join(copy.folder, "examples/express/claims.ts");
    const complete = readFileSync(file, "utf8");
    writeFileSync(file, complete.replace(steps[name].entry, ""));
    const error = await run(copy, "npx tsc --project tsconfig.json").catch((caught) => caught);
    writeFileSync(file, complete);
    const complaints = String(error.stdout).match(/^\S+(?=\(\d+,\d+\): error)/gm);
    expect(complaints).toEqual(["examples/express/claims.ts"]);
  });

  test("passes the tests of the database, the workflow and the app", async () => {
    const ended = await run(copy, `npx vitest run ${CONCERNED.join(" ")}`).catch((error) => error);
    expect(ended.stdout).toMatch(/^\d{3,} passed, 0 failed$/m);
  });

  describe("granted to one user", () => {
    beforeAll(() => {
      const grant = `\nupdate public.profiles set ${name} = ${JSON.stringify(granted).replaceAll('"', "'")} where kinde_id = '${ADA}';\n`;
      appendFileSync(join(copy.folder, "supabase/seed.sql"), grant);
    });

    test("is in that user's token, and has its unknown value in the other tokens", async () => {
      const { stdout } = await run(copy, "npm start --silent -- --json");
      const { users } = JSON.parse(stdout) as { users: { user: string; claims: object }[] };
      expect(users.length).toBeGreaterThan(3);
      for (const { user, claims } of users) {
        expect(claims).toMatchObject({ [name]: user === ADA ? granted : whenUnknown });
      }
    });

    test("is shown on the app's pages, with its label and a sentence about its state", async () => {
      const app = await startApp(copy);
      try {
        for (const [user, value, sentence] of [
          [ADA, granted, sentences[0]],
          [GRACE, whenUnknown, sentences[1]],
        ] as const) {
          const browser = createHttpBrowser();
          await signIn(browser, `${app.url}/login`, user);
          for (const path of ["/", "/token"]) {
            const { body } = await browser.open(app.url + path);
            const card = new RegExp(
              `<code>${name}</code></dt>\\s*<dd><strong>${value}</strong> <span>${sentence}`,
            );
            expect(body).toMatch(card);
          }
        }
      } finally {
        await app.stop();
      }
    });
  });
});

/** Adds an entry at the end of the file's table, which ends in `} as const`. */
function insert(copy: RepositoryCopy, file: string, entry: string): void {
  const path = join(copy.folder, file);
  const parts = readFileSync(path, "utf8").split("\n} as const");
  expect(parts, `${file} has one table`).toHaveLength(2);
  writeFileSync(path, parts.join(`\n${entry.trimEnd()}\n} as const`));
}

function environment(): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(SUPABASE|KINDE|APP|VITEST|NODE_ENV|TEST|DEV|PROD|MODE|BASE_URL)/.test(name),
  );
  return { ...Object.fromEntries(clean), NO_COLOR: "1" };
}

/** Runs a command in the copy. Rejects with the output if the command fails. */
function run(copy: RepositoryCopy, command: string) {
  const [program = "", ...args] = command.split(" ");
  const running = promisify(execFile)(program, args, {
    cwd: copy.folder,
    env: environment(),
    maxBuffer: 64 * 1024 * 1024,
    timeout: 580_000,
  });
  // The Supabase CLI would wait for the migration's text on stdin.
  running.child.stdin?.end();
  return running;
}

/** Starts `npm run app` in the copy without npm, so that signals reach it. */
async function startApp(copy: RepositoryCopy): Promise<{ url: string; stop: () => Promise<void> }> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), "local/demo.ts", "--", "--json"],
    { cwd: copy.folder, env: environment(), stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  const document = await new Promise<string>((resolve, reject) => {
    child.stderr?.on("data", (chunk) => (printed += chunk));
    child.stdout?.on("data", (chunk) => resolve(String(chunk)));
    child.once("close", () => reject(new Error(`npm run app ended: ${printed}`)));
  });
  return {
    url: (JSON.parse(document) as { url: string }).url,
    stop: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}
