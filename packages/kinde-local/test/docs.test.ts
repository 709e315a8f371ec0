import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { RULES } from "kinde-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import schema from "../schema/config.schema.json" with { type: "json" };
import { close, open } from "../src/bundle/esbuild.ts";
import { evaluateConfig } from "../src/settings/evaluateConfig.ts";
import { findProblem, type Schema } from "../src/settings/findProblem.ts";
import { kindeLocal } from "./support/command.ts";
import { blocksOf, PAGES } from "./support/docs.ts";
import { compile } from "./support/installed.ts";
import { kindeWith, makeProject, openKinde, workflow } from "./support/project.ts";

const REPOSITORY = dirname(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
);
/** Pages whose TypeScript must compile. rules.md shows mistakes on purpose. */
const PROGRAMS = PAGES.filter(({ path }) => /README|testing|settings/.test(path));
const all = PAGES.map(({ text }) => text).join("\n");

test("README.md has at most 200 lines", () => {
  expect(PAGES[0]?.path).toBe("README.md");
  expect(PAGES[0]?.text.split("\n").length).toBeLessThanOrEqual(201);
});

test("every link to a file, heading or anchor of the documentation has an existing target", () => {
  const broken = PAGES.flatMap(({ path, file, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].flatMap(
      ([link, to = "", anchor]) => {
        const target = to === "" ? file : join(dirname(file), to);
        if (!existsSync(target)) return [`${path}: ${link}`];
        const isThere =
          anchor === undefined || anchorsOf(readFileSync(target, "utf8")).includes(anchor);
        return isThere ? [] : [`${path}: ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

/** The anchors that GitHub derives from headings, and those that the text sets with `id="…"`. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return [...headings, ...[...markdown.matchAll(/id="([^"]+)"/g)].map(([, id = ""]) => id)];
}

test("every example in TypeScript compiles", () => {
  const examples = blocksOf(PROGRAMS).filter(({ language }) => language === "ts");
  expect(examples.length).toBeGreaterThan(6);
  const folder = makeProject({});
  symlinkSync(REPOSITORY, join(folder, "node_modules"));
  for (const [i, { text }] of examples.entries())
    writeFileSync(join(folder, `example${i}.ts`), `${text}\nexport {};\n`);
  const options = {
    module: "esnext",
    moduleResolution: "bundler",
    target: "es2023",
    lib: ["es2023"],
  };
  const compilerOptions = {
    ...options,
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["*.ts"] }),
  );
  const [program, args] = compile(folder);
  const { stdout } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  expect(stdout).toBe("");
});

describe("every example of a settings file is accepted", () => {
  const examples = blocksOf().filter(({ name }) => name?.startsWith("kinde-local.config."));
  // Another test file may have closed the last runtime. The bundler then builds nothing until it is
  // opened.
  beforeAll(open);
  afterAll(close);

  test.for(examples.map((block) => [block.page, block.language, block] as const))(
    "%s, %s",
    async ([, , { name, text }]) => {
      const folder = makeProject({ [name ?? ""]: text });
      const value = name?.endsWith(".json")
        ? JSON.parse(text)
        : (await evaluateConfig(join(folder, name ?? ""))).value;
      expect(Object.keys(value).length).toBeGreaterThan(0);
      expect(findProblem(value, schema as Schema)).toBeNull();
    },
  );

  test("and the examples in TypeScript and JSON have the same settings", async () => {
    const [script, json] = examples.filter(({ page }) => page === "docs/settings.md");
    const file = join(
      makeProject({ "kinde-local.config.ts": script?.text ?? "" }),
      "kinde-local.config.ts",
    );
    const { $schema, ...fromJson } = JSON.parse(json?.text ?? "{}");
    expect($schema).toMatch(/schema\/config\.schema\.json$/);
    expect((await evaluateConfig(file)).value).toEqual(fromJson);
  });
});

test("the file that $schema and the editor's settings name is in the package", () => {
  for (const [, path = ""] of all.matchAll(/node_modules\/kinde-local\/([\w./-]+)/g))
    expect(existsSync(join(dirname(PAGES[0]?.file ?? ""), path))).toBe(true);
});

describe("the commands", () => {
  const help = new Map<string, Promise<string>>();
  const helpOf = (command: string): Promise<string> => {
    const known = help.get(command) ?? kindeLocal(command, "--help").then(({ stdout }) => stdout);
    help.set(command, known);
    return known;
  };

  test("in examples exist, with the options that they are given", async () => {
    const lines = blocksOf()
      .filter(({ language }) => ["sh", "yaml", ""].includes(language))
      .flatMap(({ text }) => text.split("\n"))
      .map((line) => line.replace(/ #.*$/, ""))
      .filter((line) => /(?:^|\s)npx kinde-local\b/.test(line));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const [, command = "", rest = ""] = /kinde-local ([a-z]+)(.*)/.exec(line) ?? [];
      for (const option of rest.match(/(?<=\s)--[a-z-]+/g) ?? [])
        expect(await helpOf(command), line).toContain(option);
      expect(await helpOf(command), line).toContain(`Usage: kinde-local ${command}`);
    }
  });
});

test("the documentation names every rule of check", () => {
  for (const rule of Object.keys(RULES)) expect(all).toContain(`\`${rule}\``);
});

test("docs/testing.md names every member of a run and of its error", async () => {
  const page = PAGES.find(({ path }) => path === "docs/testing.md")?.text ?? "";
  const run = await kindeWith(workflow('throw new Error("a");')).run();
  for (const name of [...Object.keys(run), ...Object.keys(run.effects)])
    expect(page).toContain(`\`${name}\``);
  const { error } = run;
  for (const name of Object.keys(error ?? {})) expect(page).toMatch(new RegExp(`\\b${name}\\b`));
});

test("README.md shows the finding that check has for the line in README.md", async () => {
  const readme = PAGES[0]?.text ?? "";
  const [, line = ""] = /^ {2}> 12 \| (.*)$/m.exec(readme) ?? [];
  const source = `import { accessTokenCustomClaims, getEnvironmentVariable } from "@kinde/infrastructure";
export const workflowSettings = { id: "plan", trigger: "user:tokens_generation",
  bindings: { "kinde.accessToken": {}, "kinde.env": {} } };
export default async function (event: { context: { user: { id: string } } }) {
  const url = getEnvironmentVariable("PLANS_URL")?.value;
${line}
  accessTokenCustomClaims<{ plan: string }>().plan = (await response.json()).plan;
}`;
  const folder = makeProject({ "kindeSrc/environment/workflows/plan/planWorkflow.ts": source });
  const [found] = await openKinde(folder).check();
  expect(found?.rule).toBe("absent-global");
  for (const text of [found?.message, found?.instead]) expect(readme).toContain(text);
});
