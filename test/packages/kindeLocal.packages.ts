import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type PackedKindeLocal,
  packKindeLocal,
  run,
  writeWorkflow,
} from "./support/packedKindeLocal.ts";

const TYPESCRIPT = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin/tsc",
);

let packed: PackedKindeLocal;
beforeAll(async () => {
  packed = await packKindeLocal();
});
afterAll(() => packed.remove());

/** An empty project with one workflow, and the packed package installed as a user would. */
async function createProject(type: "module" | "commonjs", more: string[] = []): Promise<string> {
  const project = await packed.install({ private: true, type }, more);
  writeWorkflow(project);
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

test("an empty CommonJS project loads it with import() and with require()", async () => {
  const project = await createProject("commonjs");
  const ways = [`await import("kinde-local")`, `require("kinde-local")`];
  for (const way of ways) {
    const program = `(async () => { const { createKinde } = ${way}; ${USE} })();`;
    writeFileSync(join(project, "use.cjs"), program);
    expect(await run(process.execPath, ["use.cjs"], project)).toBe('{"plan":"pro"}\n');
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

test("its types are right for require() in a CommonJS project", async () => {
  const project = await createProject("commonjs", ["@types/node@20.19.43"]);
  const program = `import kindeLocal = require("kinde-local");
    import { runSerializer } from "kinde-local/snapshot";
    const event = kindeLocal.sampleEvent("user:tokens_generation");
    export const id: string = event.context.user.id;
    export const isRun: boolean = runSerializer.test({});
    // @ts-expect-error: the events are typed here, too
    event.context.nothing;`;
  writeFileSync(join(project, "use.cts"), program);
  const options = { module: "nodenext", target: "es2023", lib: ["es2023"], types: ["node"] };
  const compilerOptions = { ...options, strict: true, noEmit: true, skipLibCheck: false };
  const config = JSON.stringify({ compilerOptions, files: ["use.cts"] });
  writeFileSync(join(project, "tsconfig.json"), config);
  await run(process.execPath, [TYPESCRIPT, "--project", "tsconfig.json"], project);
});

test("publint finds nothing", async () => {
  const args = ["--yes", "publint@0.3.25", "--strict", packed.tarball];
  expect(await run("npx", args, packed.folder)).toContain("All good!");
});

test("@arethetypeswrong/cli finds nothing", async () => {
  // ./engine only declares globals, and programs do not import it.
  const options = ["--profile", "node16", "--exclude-entrypoints", "./engine"];
  await run(
    "npx",
    ["--yes", "@arethetypeswrong/cli@0.18.5", packed.tarball, ...options],
    packed.folder,
  );
});
