/** The program that runs the tests of a project. */
export type Runner = "node" | "vitest" | "jest";
export const RUNNERS: readonly Runner[] = ["node", "vitest", "jest"];

export interface PackageFacts {
  /** Whether package.json has `"type": "module"`. */
  isModule: boolean;
  dependencies: readonly string[];
}

/** Chooses vitest or jest if the project has it, otherwise the runner of Node. */
export function detectRunner({ dependencies }: PackageFacts): Runner {
  if (dependencies.includes("vitest")) return "vitest";
  return dependencies.includes("jest") ? "jest" : "node";
}

/** How a test is written for a runner. */
export interface TestStyle {
  extension: string;
  /** Lines from the top of the file to the first test. */
  head: readonly string[];
  equal(actual: string, expected: string): string;
}

const ROOT = "const kinde = createKinde({ project: import.meta.dirname });";

/**
 * Makes the style of tests for a runner. Tests for node and jest are plain JavaScript, because Node
 * 20 and jest cannot read TypeScript by themselves.
 */
export function testStyle(runner: Runner, { isModule }: PackageFacts, names: string): TestStyle {
  const load = `import { ${names} } from "kinde-local";`;
  switch (runner) {
    case "vitest":
      return {
        extension: "ts",
        head: [load, 'import { afterAll, expect, test } from "vitest";', "", ROOT, CLOSE.all],
        equal: (actual, expected) => `expect(${actual}).toEqual(${expected});`,
      };
    case "jest":
      return {
        extension: isModule ? "cjs" : "js",
        head: [
          `const { ${names} } = require("kinde-local");`,
          "",
          "const kinde = createKinde({ project: __dirname });",
          CLOSE.all,
        ],
        equal: (actual, expected) => `expect(${actual}).toEqual(${expected});`,
      };
    case "node":
      return {
        extension: isModule ? "js" : "mjs",
        head: [
          'import assert from "node:assert/strict";',
          'import { after, test } from "node:test";',
          ...[load, "", ROOT, CLOSE.node],
        ],
        equal: (actual, expected) => {
          const isPlain = !/^[[{]/.test(expected);
          return `assert.${isPlain ? "equal" : "deepEqual"}(${actual}, ${expected});`;
        },
      };
  }
}

const CLOSE = { all: "afterAll(() => kinde.close());", node: "after(() => kinde.close());" };
