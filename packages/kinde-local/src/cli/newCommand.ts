import { Command, Option } from "commander";
import { createKinde } from "../createKinde.ts";
import { KindeError } from "../errors.ts";
import { isTrigger, type Trigger } from "../events/sampleEvents.ts";
import { projectFolder } from "../project/projectFolder.ts";
import { type Created, createWorkflow } from "../scaffold/createWorkflow.ts";
import { RUNNERS, type Runner } from "../scaffold/runners.ts";
import { TEMPLATES } from "../scaffold/templates/index.ts";
import type { WorkflowInfo } from "../types.ts";
import { visible, visibleJson } from "../visible.ts";
import { askForWorkflow } from "./askForWorkflow.ts";
import { ExitCode } from "./exitCodes.ts";
import { requireTrigger, triggerList } from "./triggerArgument.ts";

interface NewOptions {
  project: string;
  runner?: Runner;
  json?: boolean;
}

/** `kinde-local new`: writes a workflow and its test, and in an empty folder a whole project. */
export function newCommand(done: (code: number) => void): Command {
  return new Command("new")
    .description("Write a workflow and its test; in an empty folder, a whole project.")
    .argument("[trigger]", "when Kinde runs the workflow, such as user:tokens_generation")
    .argument("[name]", "the id of the workflow, such as plan")
    .option("--project <dir>", "the project's folder; it is created if it does not exist", ".")
    .addOption(
      new Option(
        "--runner <runner>",
        "the runner of the test (default: vitest or jest if package.json names it, otherwise node)",
      ).choices(RUNNERS),
    )
    .option("--json", "one JSON document on standard output")
    .action(async (trigger: string | undefined, name: string | undefined, options: NewOptions) => {
      const wanted = await complete(trigger, name);
      const existing = await workflowsIn(options.project);
      const { project: start, runner } = options;
      const created = createWorkflow({ start, ...(runner && { runner }), ...wanted, existing });
      process.stdout.write(options.json ? `${visibleJson(created, 2)}\n` : asText(created));
      done(ExitCode.done);
    });
}

/**
 * Completes what the author typed. Without a trigger, it asks on a terminal for trigger and name;
 * elsewhere it throws an error that says what to type. Without a name, it takes the template's.
 */
async function complete(
  trigger: string | undefined,
  name: string | undefined,
): Promise<{ trigger: Trigger; name: string }> {
  if (trigger !== undefined) {
    const known = requireTrigger(trigger);
    return { trigger: known, name: name ?? TEMPLATES[known].name };
  }
  if (process.stdin.isTTY && process.stdout.isTTY) return await askForWorkflow();
  throw new KindeError(
    "BAD_OPTION",
    `Give a trigger and, if you want, a name for the workflow: kinde-local new user:tokens_generation plan\nThe triggers:\n${triggerList()}`,
  );
}

/**
 * Returns the workflows of the project; empty if there is no project yet. Leaves out a workflow
 * that cannot be loaded if neither its trigger nor its id is known.
 */
async function workflowsIn(start: string): Promise<WorkflowInfo[]> {
  if (projectFolder(start) === null) return [];
  await using kinde = createKinde({ project: start });
  const workflows = await kinde.workflows();
  return workflows.filter(({ trigger, id }) => isTrigger(trigger) || id !== "");
}

function asText({ folder, written, left, isNewProject }: Created): string {
  const lines = [
    `Wrote in ${visible(folder, " ")}:`,
    ...written.map((path) => `  ${path}`),
    ...(left.length > 0 ? ["Left as they were:", ...left.map((path) => `  ${path}`)] : []),
    "",
    "Next:",
    ...(left.includes("package.json")
      ? ["  npx kinde-local init   (adds scripts and kinde-local to package.json)"]
      : []),
    ...(isNewProject ? ["  npm install"] : []),
    "  npx kinde-local check",
    "  npx kinde-local run",
    "  npm test",
  ];
  return `${lines.join("\n")}\n`;
}
