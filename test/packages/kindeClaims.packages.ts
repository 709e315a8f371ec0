import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  AUDIENCE,
  type FakeKinde,
  startFakeKinde,
  USER,
} from "../../packages/kinde-claims/test/support/fakeKinde.ts";

const REPOSITORY = join(import.meta.dirname, "../..");
const PACKAGE = join(REPOSITORY, "packages/kinde-claims");
const require = createRequire(import.meta.url);
const DENO = "deno@2.9.6";

const versionOf = (name: string) =>
  (require(`${name}/package.json`) as { version: string }).version;

let folder: string;
let tarball: string;
let kinde: FakeKinde;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kinde-claims-"));
  const args = ["pack", "--workspace", "kinde-claims", "--pack-destination", folder, "--json"];
  const { stdout } = await run("npm", args, REPOSITORY);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }];
  tarball = join(folder, filename);
  kinde = await startFakeKinde();
  kinde.answer = ({ path }, res) => void res.end(JSON.stringify(ANSWERS[path] ?? {}));
});
afterAll(async () => {
  await kinde.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers as Kinde and as Supabase. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/oauth2/token": { access_token: "t", expires_in: 3600 },
  "/rest/v1/rpc/take_claim_changes": [{ message_id: 1, kinde_id: USER, attempts: 1 }],
  "/rest/v1/rpc/begin_webhook_delivery": "busy",
};

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly all: string;
}

/** Runs a program to its end. An unexpected failure throws an error with the output. */
function run(
  program: string,
  args: readonly string[],
  cwd: string,
  { env = {}, mayFail = false }: { env?: Record<string, string>; mayFail?: boolean } = {},
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, NO_COLOR: "1", ...env } };
    execFile(program, args, options, (error, stdout, stderr) => {
      const all = stdout + stderr;
      if (error && !mayFail) return reject(new Error(`${program} ${args.join(" ")}\n${all}`));
      resolve({ code: error ? Number(error.code) : 0, stdout, all });
    });
  });
}

/** An empty project with the packed package, installed as a user would. */
async function createProject(name: string, manifest: object, more: readonly string[] = []) {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, ...manifest }));
  const flags = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...flags, tarball, ...more], project);
  return project;
}

/**
 * The smoke test's program for a module system: verifies, calls Kinde, receives a webhook, relays.
 */
const smoke = (load: string) => `${load}
const env = typeof Deno === "undefined" ? process.env : Deno.env.toObject();
const { ISSUER, AUDIENCE, GOOD, EXPIRED, EVENT, USER } = env;
async function main() {
  const verifier = createVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    claims: defineClaims({ lifetime_subscriber: false, tier: ["free", "pro"] }),
  });
  const { userId, claims } = await verifier.verify(GOOD);
  const refused = await verifier.verify(EXPIRED).catch((error) => error);
  const management = createManagementClient({ domain: ISSUER, clientId: "m", clientSecret: "s" });
  await management.refreshClaims(USER);
  const fresh = await bringFreshClaims(
    { tier: "pro" },
    { readToken: () => verifier.verify(GOOD), refreshTokens: async () => {} },
  );
  const created = [];
  const handler = createWebhookHandler({
    issuer: ISSUER,
    deliveries: createMemoryDeliveries(),
    onUserCreated: (user) => created.push(user.id),
    onUserDeleted: () => {},
  });
  const deliver = (body) =>
    handler(new Request("http://localhost/", { method: "POST", headers: { "content-type": "application/jwt" }, body }));
  const statuses = [(await deliver(EVENT)).status, (await deliver(EVENT)).status, (await deliver("x")).status];
  const supabase = { url: ISSUER, secretKey: "sb_secret_x" };
  const relay = createRelay({
    queue: createSupabaseQueue(supabase),
    refreshClaims: management.refreshClaims,
  });
  const { taken, notified } = await relay.relayBatch();
  const delivery = await createSupabaseDeliveries(supabase).begin("event_1");
  console.log(JSON.stringify({ userId, claims, refused: refused instanceof TokenError && refused.code, rung: fresh.rung, created, statuses, taken, notified, delivery }));
}
main();
`;
const NAMES =
  "{ bringFreshClaims, createManagementClient, createMemoryDeliveries, createVerifier, createWebhookHandler, defineClaims, TokenError }";
const MODULES = {
  "kinde-claims": NAMES,
  "kinde-claims/relay": "{ createRelay }",
  "kinde-claims/supabase": "{ createSupabaseDeliveries, createSupabaseQueue }",
};
const loadAll = (load: (names: string, module: string) => string) =>
  Object.entries(MODULES)
    .map(([module, names]) => load(names, module))
    .join("\n");
const AS_MODULE = smoke(loadAll((names, module) => `import ${names} from "${module}";`));
const AS_COMMONJS = smoke(loadAll((names, module) => `const ${names} = require("${module}");`));

async function smokeEnvironment(): Promise<Record<string, string>> {
  const event = {
    type: "user.created",
    event_id: "event_1",
    event_timestamp: new Date().toISOString(),
    data: { user: { id: USER } },
  };
  return {
    ISSUER: kinde.url,
    AUDIENCE,
    USER,
    GOOD: await kinde.token({ lifetime_subscriber: true, tier: "pro" }),
    EXPIRED: await kinde.token({ exp: 1 }),
    EVENT: await kinde.sign(event),
  };
}
const EXPECTED = {
  userId: USER,
  claims: { lifetime_subscriber: true, tier: "pro" },
  refused: "EXPIRED",
  rung: "none",
  created: [USER],
  statuses: [200, 200, 401],
  taken: 1,
  notified: 1,
  delivery: "busy",
};

/** The first `ts` block under a heading of the README, as it is written. */
function readmeExample(heading: string): string {
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf(heading));
  const [, code] = /```ts.*\n([\s\S]*?)```/.exec(section) ?? [];
  if (code === undefined) throw new Error(`The README has no example under ${heading}`);
  return code;
}

/** Compiles the project and its libraries with the strictest settings that a user may have. */
function compile(project: string, types: readonly string[]): Promise<Output> {
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    lib: types.length > 0 ? ["es2023"] : ["es2023", "dom"],
    types,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const files = ["*.ts", "*.mts", "*.cts"];
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: files }),
  );
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  return run(process.execPath, [tsc, "--project", project], project, { mayFail: true });
}

describe("the tarball", () => {
  test("contains the build output and the documents, but no sources and tests", async () => {
    const { stdout } = await run("tar", ["-tzf", tarball], folder);
    const files = stdout
      .trim()
      .split("\n")
      .map((path) => path.replace("package/", ""));
    const others = files.filter((path) => !/^dist\/.*\.(js|d\.ts)$/.test(path));
    expect(others.toSorted()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    expect(files).toContain("dist/index.d.ts");
    for (const entry of ["express", "relay", "supabase"]) {
      expect(files).toContain(`dist/${entry}/index.js`);
    }
  });

  test("publint finds nothing", async () => {
    const args = ["--yes", "publint@0.3.25", "run", tarball, "--strict"];
    expect((await run("npx", args, folder)).all).toContain("All good!");
  });

  test("attw finds the types from ES modules and bundlers", async () => {
    // The package is ESM only, so the other two profiles do not apply. A test below checks that
    // require() works on the Node that runs the tests.
    const args = ["--yes", "@arethetypeswrong/cli@0.18.5", tarball, "--profile", "esm-only"];
    const { all } = await run("npx", [...args, "--format", "ascii"], folder);
    for (const entry of [...Object.keys(MODULES), "kinde-claims/express"]) {
      const found = all.slice(all.indexOf(`"${entry}"`)).split("***")[0];
      expect(found).toContain("node16 (from ESM): 🟢 (ESM)");
      expect(found).toContain("bundler: 🟢");
    }
  });
});

describe("in an empty ESM project", () => {
  let project: string;
  beforeAll(async () => {
    project = await createProject("esm", { type: "module" });
    writeFileSync(join(project, "smoke.mjs"), AS_MODULE);
  });

  test("it installs one dependency, jose", async () => {
    const { stdout } = await run("npm", ["ls", "--all", "--parseable"], project);
    const installed = stdout.trim().split("\n").slice(1);
    expect(installed.map((path) => path.split("node_modules/").pop())).toEqual([
      "kinde-claims",
      "jose",
    ]);
  });

  test("it works on Node", async () => {
    const env = await smokeEnvironment();
    const { stdout } = await run(process.execPath, ["smoke.mjs"], project, { env });
    expect(JSON.parse(stdout)).toEqual(EXPECTED);
  });

  test("it has the command kinde-claims", async () => {
    const help = await run("npx", ["--no-install", "kinde-claims", "--help"], project);
    expect(help.stdout).toContain("Usage: kinde-claims relay");
    const file = join(project, "settings.env");
    writeFileSync(file, "SUPABASE_URL=https://example.supabase.co\n");
    // Up to Node 22, node itself would read an --env-file if the first line of the program let it.
    const args = ["--no-install", "kinde-claims", "relay", "--env-file", file];
    const { code, all } = await run("npx", args, project, { mayFail: true });
    expect({ code, all }).toEqual({ code: 2, all: expect.stringContaining(`in ${file}`) });
    expect(all).toContain("Set SUPABASE_SECRET_KEY, KINDE_DOMAIN,");
  });

  test("it works on Deno with access to only the network and the environment", async () => {
    const env = {
      ...(await smokeEnvironment()),
      DENO_DIR: join(folder, "deno"),
      DENO_NO_UPDATE_CHECK: "1",
    };
    const allowed = ["--no-prompt", "--allow-net=127.0.0.1", "--allow-env"];
    const args = ["--yes", DENO, "run", ...allowed, "smoke.mjs"];
    const { stdout } = await run("npx", args, project, { env });
    expect(JSON.parse(stdout)).toEqual(EXPECTED);
  });
});

test("in an empty CommonJS project it works with require()", async () => {
  const project = await createProject("cjs", { type: "commonjs" });
  writeFileSync(join(project, "smoke.cjs"), AS_COMMONJS);
  const env = await smokeEnvironment();
  const { stdout } = await run(process.execPath, ["smoke.cjs"], project, { env });
  expect(JSON.parse(stdout)).toEqual(EXPECTED);
});

describe("in a TypeScript project with nodenext", () => {
  const first = readmeExample("# kinde-claims");
  // A mistake that must cause an error. If it causes none, all types may be `any`, and the test of
  // the correct code proves nothing.
  const mistake = `${first}\nconst wrong: number = await isSubscriber("x");\n`;

  test("without Express and without Node's types, the README's first example has types", async () => {
    const project = await createProject("types", { type: "module" });
    writeFileSync(join(project, "first.ts"), first);
    writeFileSync(
      join(project, "required.cts"),
      `import claims = require("kinde-claims");
const names: readonly "member"[] = claims.defineClaims({ member: false }).names;
export = names;
`,
    );
    writeFileSync(
      join(project, "relay.ts"),
      `import { type BatchReport, createRelay } from "kinde-claims/relay";
import { createSupabaseQueue } from "kinde-claims/supabase";
const queue = createSupabaseQueue({ url: "", secretKey: "" });
const relay = createRelay({ queue, refreshClaims: async () => undefined });
export const report: Promise<BatchReport> = relay.relayBatch();
`,
    );
    expect((await compile(project, [])).all).toBe("");
    writeFileSync(join(project, "mistake.ts"), mistake);
    expect((await compile(project, [])).all).toMatch(/^mistake\.ts\(\d+,7\): error TS2322/);
  });

  test("with Express, the README's example for Express has types", async () => {
    const express = `express@${versionOf("express")}`;
    const types = ["@types/express", "@types/node"].map((name) => `${name}@${versionOf(name)}`);
    const project = await createProject("express", { type: "module" }, [express, ...types]);
    writeFileSync(join(project, "first.ts"), first);
    const example = readmeExample("## Guard an Express API");
    writeFileSync(join(project, "express.ts"), example);
    expect((await compile(project, ["node"])).all).toBe("");
    const wrong = example.replace(`equals: "pro"`, `equals: "enterprise"`);
    writeFileSync(join(project, "mistake.ts"), wrong);
    expect((await compile(project, ["node"])).all).toMatch(/^mistake\.ts\(/);
  });
});
