import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { mergePackageJson } from "../src/scaffold/mergePackageJson.ts";
import { addConfiguration } from "../src/scaffold/vscode/addConfiguration.ts";
import { blankComments } from "../src/scaffold/vscode/blankComments.ts";
import { LAUNCH_CONFIGURATION } from "../src/scaffold/vscode/launchFile.ts";
import { CLI, kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const PACKAGE = dirname(createRequire(import.meta.url).resolve("kinde-local/package.json"));

const LAUNCH = `{
  // Use IntelliSense to learn about possible attributes.
  "version": "0.2.0",
  "configurations": [ /* ours */
    {
      "name": "Server", // the "configurations": [ of another text
      "type": "node",
    },
  ],
}
`;

/** A project with three workflows: one works, one throws, and one cannot be loaded. */
function project(files: Record<string, string> = {}): string {
  const folder = makeProject({
    "package.json":
      '{\n\t"name": "mine",\n\t"scripts": { "test": "echo \\"Error: no test specified\\" && exit 1" }\n}\n',
    ".vscode/launch.json": LAUNCH,
    [`${WORKFLOWS}/testWorkflow.ts`]: workflow("return 1;"),
    [`${WORKFLOWS}/failsWorkflow.ts`]: workflow('throw new Error("no variable\\nA");')
      .replace('id: "test"', 'id: "fails"')
      .replace("user:tokens_generation", "user:pre_mfa"),
    [`${WORKFLOWS}/brokenWorkflow.ts`]: "export (",
    ...files,
  });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PACKAGE, join(folder, "node_modules/kinde-local"));
  return folder;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), "utf8");

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => !path.includes("node_modules") && statSync(join(folder, path)).isFile())
      .map((path) => [path, read(folder, path)]),
  );

describe("init", () => {
  test("adds missing files and settings, and lists what it did not change", async () => {
    const folder = project();
    const { code, stdout } = await kindeLocal("init", "--json", "--project", folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      folder,
      written: [
        "tsconfig.json",
        ".github/workflows/kinde.yml",
        "test/failsWorkflow.test.mjs",
        "test/testWorkflow.test.mjs",
      ],
      changed: ["package.json", ".vscode/launch.json"],
      left: [{ path: "brokenWorkflow", why: "it cannot be loaded; kinde-local check says why" }],
    });
    const { name, scripts } = JSON.parse(read(folder, "package.json"));
    expect([name, scripts]).toEqual([
      "mine",
      { test: "node --test", check: "kinde-local check", start: "kinde-local run" },
    ]);
    expect(read(folder, "test/failsWorkflow.test.mjs")).toContain("it fails: Error: no variable A");
  });

  test("changes nothing when it is run again", async () => {
    const folder = project();
    await kindeLocal("init", "--project", folder);
    const before = contents(folder);
    const { stdout } = await kindeLocal("init", "--json", "--project", folder);
    expect(contents(folder)).toEqual(before);
    expect(JSON.parse(stdout)).toMatchObject({ written: [], changed: [] });
    expect(JSON.parse(stdout).left).toHaveLength(7);
  });

  test("writes tests that pass, even for workflows that fail", async () => {
    const folder = project();
    await kindeLocal("init", "--project", folder);
    const { status, stdout } = spawnSync(process.execPath, ["--test"], {
      ...{ cwd: folder, encoding: "utf8" as const, timeout: 60_000 },
      env: { PATH: process.env.PATH },
    });
    expect(stdout).toMatch(/^(?:#|ℹ) pass 2$/m);
    expect(status).toBe(0);
  }, 70_000);

  test("puts the CI step at the top of the repository, with the package manager in use", async () => {
    const folder = makeProject({
      "apps/flows/kinde.json": '{"version":"2024-12-09"}',
      "apps/flows/pnpm-lock.yaml": "",
      ".git/HEAD": "",
    });
    await kindeLocal("init", "--project", join(folder, "apps/flows"));
    const yaml = read(folder, ".github/workflows/kinde.yml");
    expect(yaml).toContain('working-directory: "apps/flows"');
    expect(yaml).toContain("pnpm install --frozen-lockfile");
  });

  test("adds no CI step if a GitHub workflow already runs kinde-local", async () => {
    const folder = project({ ".github/workflows/own.yml": "run: npx kinde-local check" });
    const { stdout } = await kindeLocal("init", "--project", folder);
    expect(stdout).toContain(".github/workflows: a workflow there runs kinde-local already");
    expect(readdirSync(join(folder, ".github/workflows"))).toEqual(["own.yml"]);
  });

  test("refuses a package.json that is not JSON, and does not change it", async () => {
    const folder = project({ "package.json": "{ nope" });
    const { code, stderr } = await kindeLocal("init", "--project", folder);
    expect(stderr).toContain("package.json cannot be read as JSON");
    expect([code, read(folder, "package.json")]).toEqual([2, "{ nope"]);
  });

  test("fails with an error about kinde.json if there is no project", async () => {
    const { code, stderr } = await kindeLocal("init", "--project", "/");
    expect(stderr).toContain("kinde.json");
    expect(code).toBe(2);
  });
});

describe("a tsconfig.json that extends kinde-local's", () => {
  test("does not prevent bundling where kinde-local is not installed, as at Kinde", async () => {
    const folder = makeProject({
      "tsconfig.json": '{"extends":"kinde-local/tsconfig.json","compilerOptions":{"strict":true}}',
      [`${WORKFLOWS}/testWorkflow.ts`]: workflow("return 1;"),
    });
    const run = await openKinde(folder).run();
    expect([run.error, run.claims.accessToken]).toEqual([null, { result: 1 }]);
  });
});

describe("launch.json", () => {
  const configurations = (text: string): { name: string }[] =>
    JSON.parse(blankComments(text)).configurations;

  const added = (text: string): string => {
    const result = addConfiguration(text);
    if (result.state !== "added") throw new Error(result.state);
    return result.text;
  };

  test("keeps every comment and every line of the existing file", () => {
    const text = added(LAUNCH);
    const lines = text.split("\n");
    for (const line of LAUNCH.split("\n")) expect(text).toContain(line.replace(/^.*\[ /, ""));
    expect(lines.length).toBeGreaterThan(LAUNCH.split("\n").length);
    expect(configurations(text).map(({ name }) => name)).toEqual([
      LAUNCH_CONFIGURATION.name,
      "Server",
    ]);
    expect(addConfiguration(text)).toEqual({ state: "present" });
  });

  test.for([
    ['{"configurations":[]}', 1],
    ['{\n  "version": "0.2.0",\n  "configurations": [\n  ]\n}\n', 1],
    ['{\n\t"inputs": [{ "configurations": [1] }],\n\t"configurations": [{}]\n}', 2],
    ['{ "a": "\\"configurations\\": [", "configurations" : [ // x\n {} ] }', 2],
    ['\uFEFF{"configurations":[{}]}', 2],
    ['{\r\n  "configurations": [\r\n    {}\r\n  ]\r\n}\r\n', 2],
  ] as const)("gets the new configuration in %j", ([text, count]) => {
    const result = added(text);
    expect(configurations(result)).toHaveLength(count);
    if (text.includes("\r\n")) expect(result.replaceAll("\r\n", "")).not.toContain("\n");
  });

  test.for(["", "{", "[]", "null", "{}", '{"configurations":{}}'])(
    "is not changed if its content is %j",
    (text) => {
      expect(addConfiguration(text).state).toBe("unreadable");
    },
  );

  test("has a command that waits for a debugger at the configured port", async () => {
    const { args, attachSimplePort, program } = LAUNCH_CONFIGURATION;
    expect(program).toMatch(/\/node_modules\/kinde-local\/dist\/cli\.js$/);
    const file = join(project(), WORKFLOWS, "testWorkflow.ts");
    const port = await freePort();
    const values: Record<string, string> = { file, fileDirname: dirname(file) };
    const filled = args.map((arg) =>
      arg
        .replace(/\$\{(\w+)\}/, (_, name: string) => values[name] ?? "")
        .replace(`:${attachSimplePort}`, `:${port}`),
    );
    const child = spawn(CLI, filled, { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    const isWaiting = () =>
      fetch(`http://127.0.0.1:${port}/json/list`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true);
  }, 30_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("package.json", () => {
  const own = { version: "1.0.0", dependencies: {} };

  test("keeps its indentation, line endings, order and own scripts", () => {
    const text =
      '{\r\n\t"z": 1,\r\n\t"scripts": {\r\n\t\t"test": "mocha"\r\n\t},\r\n\t"a": 2\r\n}\r\n';
    expect(mergePackageJson(text, own, "node")).toBe(
      '{\r\n\t"z": 1,\r\n\t"scripts": {\r\n\t\t"test": "mocha",\r\n\t\t"check": "kinde-local check",\r\n\t\t"start": "kinde-local run"\r\n\t},\r\n\t"a": 2,\r\n\t"devDependencies": {\r\n\t\t"kinde-local": "^1.0.0"\r\n\t}\r\n}\r\n',
    );
  });

  test("is not changed if nothing is missing", () => {
    const scripts = { check: "c", start: "s", test: "t" };
    const text = JSON.stringify({ scripts, dependencies: { "kinde-local": "*" } });
    expect(mergePackageJson(text, own, "node")).toBeNull();
  });
});
