import type { Trigger } from "../events/sampleEvents.ts";
import { type PackageFacts, type Runner, testStyle } from "./runners.ts";
import { TEMPLATES } from "./templates/index.ts";
import type { NewFile } from "./writeNewFiles.ts";

export interface TestFor {
  runner: Runner;
  facts: PackageFacts;
  /** Start of the test's file name, such as `planWorkflow`. */
  base: string;
  id: string;
}

/** Makes the test of a workflow that `new` writes. It checks what the workflow does. */
export function newWorkflowTest(trigger: Trigger, { runner, facts, base, id }: TestFor): NewFile {
  const { test } = TEMPLATES[trigger];
  const style = testStyle(runner, facts, "createKinde, sampleEvent");
  const change = test.change === undefined ? [] : [test.change];
  return file(base, style.extension, [
    ...style.head,
    "",
    `test(${JSON.stringify(test.title)}, async () => {`,
    ...[`const event = sampleEvent("${trigger}");`, ...change, ""].map(indent),
    ...[`const run = await kinde.run({ workflow: ${JSON.stringify(id)}, event });`, ""].map(indent),
    ...[style.equal("run.error", "null"), style.equal(test.actual, test.expected)].map(indent),
    "});",
  ]);
}

/** How a workflow ended when `init` tried it, without a network and without variables. */
export interface Tried {
  completed: boolean;
  /** What went wrong, in one line; null if nothing went wrong. */
  problem: string | null;
}

/**
 * Makes the first test of an existing workflow. It expects the result that the workflow has today.
 */
export function existingWorkflowTest(
  { runner, facts, base, id }: TestFor,
  { completed, problem }: Tried,
): NewFile {
  const style = testStyle(runner, facts, "createKinde");
  const today =
    problem === null ? [] : [`// With these answers and without variables, it fails: ${problem}`];
  return file(base, style.extension, [
    ...style.head,
    "",
    `test(${JSON.stringify(completed ? "runs without an error" : "is accepted by Kinde")}, async () => {`,
    ...[
      "// Answers every request of the workflow with {}. Replace this with the answers that it needs.",
      'const fetch = async () => new Response("{}", { headers: { "content-type": "application/json" } });',
      ...today,
      "const env = {};",
      "",
      `const run = await kinde.run({ workflow: ${JSON.stringify(id)}, env, fetch });`,
      "",
      completed ? style.equal("run.error", "null") : style.equal("run.stage", '"run"'),
    ].map(indent),
    "});",
  ]);
}

function file(base: string, extension: string, lines: readonly string[]): NewFile {
  return { path: `test/${base}.test.${extension}`, text: `${lines.join("\n")}\n` };
}

function indent(line: string): string {
  return line === "" ? "" : `  ${line}`;
}
