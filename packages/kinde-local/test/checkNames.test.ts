import { describe, expect, test } from "vitest";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

/** Rule, location, message and fix of the findings about a workflow in the folder of `helper.ts`. */
async function judge(source: string): Promise<string[]> {
  const folder = makeProject({
    [`${WORKFLOWS}/testWorkflow.ts`]: source,
    [`${WORKFLOWS}/helper.ts`]: "export const help = (a: unknown) => a; export function greet() {}",
    [`${WORKFLOWS}/parts/names.ts`]: "export const first = 1;",
  });
  const findings = await openKinde(folder).check();
  return findings.map(
    ({ rule, line, column, message, instead }) =>
      `${rule} ${line}:${column} ${message} | ${instead}`,
  );
}

const BINDINGS = ["kinde.accessToken", "kinde.fetch"];
const using = (statement: string, body: string) => `${statement}\n${workflow(body, BINDINGS)}`;

describe("check suggests the name that was most likely meant", () => {
  test.for([
    [
      'import { fecth } from "@kinde/infrastructure";',
      "return fecth(event.a, {})",
      'unknown-import 1:10 @kinde/infrastructure does not export fecth. Did you mean "fetch"? | Write `import { fetch }`.',
    ],
    [
      'import { accessCustomClaims } from "@kinde/infrastructure";',
      "return accessCustomClaims()",
      'unknown-import 1:10 @kinde/infrastructure does not export accessCustomClaims. Did you mean "accessTokenCustomClaims"? | Write `import { accessTokenCustomClaims }`.',
    ],
    [
      'import kindeApi from "@kinde/infrastructure";',
      "return kindeApi(event)",
      "unknown-import 1:8 @kinde/infrastructure does not export default. | Import a name that it exports.",
    ],
    [
      'import * as infrastructure from "@kinde/infrastructure";',
      "return infrastructure.denyAcess(event.a)",
      'unknown-import 7:23 @kinde/infrastructure does not export denyAcess, so it is undefined. Did you mean "denyAccess"? | Use denyAccess.',
    ],
    [
      'import { help } from "./helpr";',
      "return help(1)",
      'unknown-import 1:22 The file ./helpr does not exist. Did you mean "./helper"? | Import from "./helper".',
    ],
    [
      'import { first } from "./parts/name.ts";',
      "return first",
      'unknown-import 1:23 The file ./parts/name.ts does not exist. Did you mean "./parts/names.ts"? | Import from "./parts/names.ts".',
    ],
    [
      'import { greeet } from "./helper";',
      "return greeet()",
      'unknown-import 1:10 helper.ts does not export greeet. Did you mean "greet"? | Write `import { greet }`.',
    ],
    [
      'import gone from "./nothing/at/all";',
      "return gone",
      "unknown-import 1:18 The file ./nothing/at/all does not exist. | Use the path of a file that exists.",
    ],
  ] as const)("%s", async ([statement, body, expected]) => {
    expect(await judge(using(statement, body))).toEqual([expected]);
  });

  test("for a misspelt package", async () => {
    const [found] = await judge(
      using('import { fetch } from "@kinde/infrastucture";', "return fetch"),
    );
    expect(found).toMatch(/^package-not-allowed 1:23 .*Did you mean "@kinde\/infrastructure"\?/);
  });

  test("for a misspelt trigger", async () => {
    const source = workflow("return 1", BINDINGS).replace(
      "user:tokens_generation",
      "user:tokens_generated",
    );
    expect(await judge(source)).toEqual([
      'unknown-trigger 1:47 The trigger "user:tokens_generated" does not exist. Did you mean "user:tokens_generation"? | Write `trigger: "user:tokens_generation"`.',
    ]);
  });

  test("for a misspelt member of WorkflowTrigger", async () => {
    const source = workflow("return 1", BINDINGS).replace(
      '"user:tokens_generation"',
      "WorkflowTrigger.UserTokensGeneration",
    );
    expect(
      await judge(
        using('import { WorkflowTrigger } from "@kinde/infrastructure";', "").split("\n")[0] +
          "\n" +
          source,
      ),
    ).toEqual([
      "unknown-trigger 2:47 WorkflowTrigger has no member UserTokensGeneration, so the trigger is undefined. Did you mean WorkflowTrigger.UserTokenGeneration? | Write `trigger: WorkflowTrigger.UserTokenGeneration`.",
    ]);
  });

  test("but ignores types, which the bundler removes", async () => {
    const source = using(
      'import { type WorkflowSettings, onUserTokenGeneratedEvent } from "@kinde/infrastructure";',
      "const a: WorkflowSettings | onUserTokenGeneratedEvent | null = null; return a",
    );
    expect(await judge(source)).toEqual([]);
  });
});

describe("check ignores comments", () => {
  const commented =
    "// export const workflowSettings = { id: 'a' };\n/*\nexport const workflowSettings = {};\n*/";

  test.for([`${WORKFLOWS}/old.ts`, "kindeSrc/old.ts"])(
    "that contain a workflow, in %s",
    async (file) => {
      const folder = makeProject({
        [`${WORKFLOWS}/testWorkflow.ts`]: workflow("return 1", ["kinde.accessToken"]),
        [file]: commented,
      });
      expect(await openKinde(folder).check()).toEqual([]);
    },
  );

  test("and finds the import after a comment", async () => {
    const source = `// import x from "left-pad";\nimport x from "left-pad";\n${workflow("return x", BINDINGS)}`;
    const folder = makeProject({
      [`${WORKFLOWS}/testWorkflow.ts`]: source,
      "node_modules/left-pad/package.json": '{"name":"left-pad","main":"index.js"}',
      "node_modules/left-pad/index.js": "module.exports = 1",
    });
    expect(await openKinde(folder).check()).toMatchObject([
      { rule: "package-not-allowed", line: 2, column: 15 },
    ]);
  });

  test("but not a workflow after a string that looks like a comment", async () => {
    const folder = makeProject({
      [`${WORKFLOWS}/testWorkflow.ts`]: workflow("return 1", ["kinde.accessToken"]),
      [`${WORKFLOWS}/other.ts`]:
        "const a = 'https://a'; const b = `/*`; export const workflowSettings = {};",
    });
    expect((await openKinde(folder).check()).map(({ rule }) => rule)).toEqual(["workflow-name"]);
  });
});
