import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const PACKAGE = join(import.meta.dirname, "../../packages/kinde-local");
const TYPESCRIPT = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin/tsc",
);
const README = readFileSync(join(PACKAGE, "README.md"), "utf8");

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kinde-local-packed-"));
  const packed = await run("npm", ["pack", "--json", "--pack-destination", folder], PACKAGE);
  // `prepack` may write before the JSON.
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf("[\n"))) as [{ filename: string }];
  tarball = join(folder, filename);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program to its end and gives what it wrote; a failure is thrown with it. */
function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, NO_COLOR: "1" } };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

const WORKFLOW = `import { accessTokenCustomClaims } from "@kinde/infrastructure";
export const workflowSettings = {
  id: "plan", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} },
};
export default async function () {
  accessTokenCustomClaims<{ plan: string }>().plan = "pro";
}`;

/** An empty project with one workflow, and the packed package installed as a user would. */
async function createProject(type: "module" | "commonjs", more: string[] = []): Promise<string> {
  const project = mkdtempSync(join(folder, `${type}-`));
  const workflows = join(project, "kindeSrc/environment/workflows");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type }));
  writeFileSync(join(project, "kinde.json"), '{"version":"2024-12-09","rootDir":"kindeSrc"}');
  writeFileSync(join(workflows, "planWorkflow.ts"), WORKFLOW);
  const flags = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...flags, tarball, ...more], project);
  return project;
}

const USE = `const kinde = createKinde();
  const run = await kinde.run({ user: "kp_1" });
  console.log(JSON.stringify(run.claims.accessToken));
  await kinde.close();`;

test("an empty ESM project runs the commands and the library", async () => {
  const project = await createProject("module");
  expect(await run("npx", ["kinde-local", "check"], project)).toContain("No findings.");
  expect(await run("npx", ["kinde-local", "run"], project)).toContain("accessToken.plan");
  writeFileSync(join(project, "use.js"), `import { createKinde } from "kinde-local";\n${USE}`);
  expect(await run(process.execPath, ["use.js"], project)).toBe('{"plan":"pro"}\n');
});

test("an empty CommonJS project loads it with import(), and with require() where Node can", async () => {
  const project = await createProject("commonjs");
  const ways = [`await import("kinde-local")`, `require("kinde-local")`];
  for (const way of ways) {
    const program = `(async () => { const { createKinde } = ${way}; ${USE} })();`;
    writeFileSync(join(project, "use.cjs"), program);
    expect(await run(process.execPath, ["--no-warnings", "use.cjs"], project)).toBe(
      '{"plan":"pro"}\n',
    );
  }
});

const TYPED = `import { createKinde, type Run, redactRun, sampleEvent } from "kinde-local";

const event = sampleEvent("user:tokens_generation");
event.context.auth.isExistingSession = true;
const kinde = createKinde({ env: { API_KEY: { value: "s3cret-value", isSecret: true } } });
export const run: Run = redactRun(await kinde.run({ event }), {});
export const code: string | undefined = run.error?.code;
await kinde.close();
// @ts-expect-error: the events are typed, so a member that does not exist is an error
event.context.nothing;
`;

test.for([
  ["nodenext", "nodenext"],
  ["bundler", "esnext"],
] as const)(
  "its types are right with moduleResolution %s and without skipLibCheck",
  async ([moduleResolution, module]) => {
    const project = await createProject("module", ["@types/node@20.19.43"]);
    writeFileSync(join(project, "use.ts"), TYPED);
    const compilerOptions = {
      ...{ module, moduleResolution, target: "es2023", lib: ["es2023"], types: ["node"] },
      ...{ strict: true, noEmit: true, skipLibCheck: false },
    };
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["use.ts"] }),
    );
    await run(process.execPath, [TYPESCRIPT, "--project", "tsconfig.json"], project);
  },
);

test("the README's example of a test passes as it is written", async () => {
  const [, example = ""] = /## In tests\n\n```ts\n([\s\S]*?)```/.exec(README) ?? [];
  expect(example).toContain("createKinde");
  const project = await createProject("module", ["vitest@4.1.12", "msw@2.15.0"]);
  const workflow = `import { accessTokenCustomClaims, fetch, getEnvironmentVariable } from "@kinde/infrastructure";
export const workflowSettings = { id: "plan", trigger: "user:tokens_generation",
  bindings: { "kinde.accessToken": {}, "kinde.env": {}, "kinde.fetch": {}, url: {} } };
export default async function () {
  const url = getEnvironmentVariable("PLANS_URL")?.value ?? "";
  const { data } = await fetch(url, { method: "GET", headers: {}, responseFormat: "json" });
  accessTokenCustomClaims<{ plan: string }>().plan = data.plan;
}`;
  writeFileSync(join(project, "kindeSrc/environment/workflows/planWorkflow.ts"), workflow);
  writeFileSync(join(project, "plan.test.ts"), example);
  expect(await run("npx", ["vitest", "run", "--no-color"], project)).toMatch(/1 passed/);
});

test("publint finds nothing", async () => {
  expect(await run("npx", ["--yes", "publint@0.3.25", "--strict", tarball], folder)).toContain(
    "All good!",
  );
});

test("@arethetypeswrong/cli finds nothing", async () => {
  // The package is ESM alone, which a CommonJS project loads with import().
  const profile = ["--profile", "esm-only"];
  await run("npx", ["--yes", "@arethetypeswrong/cli@0.18.5", tarball, ...profile], folder);
});
