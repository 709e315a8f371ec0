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
    .argument("[trigger]", "what makes Kinde run it, such as user:tokens_generation")
    .argument("[name]", "its id, such as plan")
    .option("--project <dir>", "the project's folder; it is created if it does not exist", ".")
    .addOption(
      new Option(
        "--runner <runner>",
        "what the test is written for (default: vitest or jest where package.json names it, else node)",
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

/** Asks for what is missing on a terminal; elsewhere it says what to type. */
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

/** Empty if there is no project yet. A workflow that cannot be loaded has no trigger and no id. */
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
