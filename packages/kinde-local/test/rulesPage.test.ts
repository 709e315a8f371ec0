import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseEnv, promisify } from "node:util";
import { RULES } from "kinde-local";
import { describe, expect, test } from "vitest";
import type { Block } from "./support/docs.ts";
import { makeProject, openKinde, WORKFLOWS } from "./support/project.ts";
import { filesOf, type Section, sectionsOf } from "./support/rulesPage.ts";

const RULE_NAMES = Object.keys(RULES);
const RUN_CODES = union("types.ts", "RunErrorCode");
const rules = sectionsOf("The rules of check");
const runCodes = sectionsOf("The codes of a run's error");
const kindeCodes = sectionsOf("The codes of a KindeError");
const names = (sections: readonly Section[]): string[] => sections.map(({ name }) => name);

/** The members of a union of string types in a source file. */
function union(file: string, type: string): string[] {
  const text = readFileSync(join(import.meta.dirname, "../src", file), "utf8");
  const [, body = ""] = new RegExp(`export type ${type} =([\\s\\S]*?)\\n\\n`).exec(text) ?? [];
  return [...body.matchAll(/"([A-Z_]+)"/g)].map(([, code = ""]) => code);
}

describe("docs/rules.md has a section of its own for", () => {
  test("every rule of check", () => {
    expect(names(rules).sort()).toEqual([...RULE_NAMES].sort());
  });

  test("every code of a run's error", () => {
    expect(names(runCodes).sort()).toEqual([...RUN_CODES].sort());
  });

  test("every code of a KindeError", () => {
    expect(names(kindeCodes).sort()).toEqual(union("errors.ts", "KindeErrorCode").sort());
  });
});

describe("the section of a rule", () => {
  test.for(rules.map((section) => [section.name, section] as const))(
    "%s states the same severity and the same behaviour of Kinde as its findings",
    ([name, { text }]) => {
      const { severity, kinde } = RULES[name as keyof typeof RULES];
      expect(text).toContain(severity === "error" ? "\n**Error.** " : "\n*Warning.* ");
      expect(text).toContain(`\nAt Kinde: ${kinde}\n`);
    },
  );
});

/** What check finds in an example, without repetitions. */
async function rulesIn(blocks: readonly Block[]): Promise<string[]> {
  const files = filesOf(blocks);
  const kinde = openKinde(makeProject(files));
  const variables = files[".env"];
  const env = variables === undefined ? {} : { env: parseEnv(variables) as Record<string, string> };
  const findings = await kinde.check(env);
  return [...new Set(findings.map(({ rule }) => rule))];
}

describe("the examples of the rule", () => {
  test.for(rules.map((section) => [section.name, section] as const))(
    "%s: the bad example has only this finding, and the good one has none",
    async ([name, { bad, good }]) => {
      expect(await rulesIn(bad)).toEqual([name]);
      expect(await rulesIn(good)).toEqual([]);
    },
  );
});

async function codeOf(blocks: readonly Block[]): Promise<string | undefined> {
  const fetch = async () => Response.json({});
  const limits = { timeMs: 3_000, memoryMb: 64 };
  const run = await openKinde(makeProject(filesOf(blocks)), { fetch, limits }).run();
  return run.error?.code;
}

describe("the examples of the run's code", () => {
  test.for(runCodes.map((section) => [section.name, section] as const))(
    "%s: the run of the bad example has this code, and the good one has no error",
    async ([name, { bad, good }]) => {
      expect(await codeOf(bad)).toBe(name);
      expect(await codeOf(good)).toBeUndefined();
    },
  );
});

const MODULES = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "..",
);
const EXAMPLE = `export const workflowSettings = { id: "example", trigger: "user:tokens_generation" };
export default async function workflow() {}
`;

/** The code with which a program ends; "done" when it does not throw. */
async function outcomeOf(blocks: readonly Block[]): Promise<string> {
  const [program, ...others] = blocks;
  const folder = makeProject({ [`${WORKFLOWS}/exampleWorkflow.ts`]: EXAMPLE, ...filesOf(others) });
  symlinkSync(MODULES, join(folder, "node_modules"));
  // Node 20 and 22 have no `await using`.
  const text = program?.text.replace("await using", "const") ?? "";
  writeFileSync(
    join(folder, "program.mjs"),
    `process.on("uncaughtException", ({ code, message }) => { console.log(code ?? message); process.exit(); });
process.on("exit", (code) => { if (code === 0) console.log("done"); });
${text}`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, ["program.mjs"], { cwd: folder });
  return stdout.trim().split("\n")[0] ?? "";
}

describe("the examples of the KindeError", () => {
  test.for(kindeCodes.map((section) => [section.name, section] as const))(
    "%s: the bad example throws this code, and the good one does not throw",
    async ([name, { bad, good }]) => {
      expect(await outcomeOf(bad)).toBe(name);
      expect(await outcomeOf(good)).toBe("done");
    },
  );
});
