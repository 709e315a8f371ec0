import { Command, Option } from "commander";
import { createKinde, type Kinde } from "../createKinde.ts";
import { findKindeProject } from "../project/findProject.ts";
import { type Initialised, initProject } from "../scaffold/initProject.ts";
import { RUNNERS, type Runner } from "../scaffold/runners.ts";
import type { Tried } from "../scaffold/testText.ts";
import type { WorkflowInfo } from "../types.ts";
import { visible, visibleJson } from "../visible.ts";
import { ExitCode } from "./exitCodes.ts";

interface InitOptions {
  project: string;
  runner?: Runner;
  json?: boolean;
}

/** `kinde-local init`: adds what a project of workflows lacks. Running it again changes nothing. */
export function initCommand(done: (code: number) => void): Command {
  return new Command("init")
    .description(
      "Add tests, scripts, tsconfig.json, a CI workflow and VS Code's debugger to a project of workflows.",
    )
    .option("--project <dir>", "the project's folder, or a folder below it", ".")
    .addOption(
      new Option(
        "--runner <runner>",
        "the runner of the tests (default: vitest or jest if package.json names it, otherwise node)",
      ).choices(RUNNERS),
    )
    .option("--json", "one JSON document on standard output")
    .action(async ({ project, runner, json }: InitOptions) => {
      await using kinde = createKinde({ project });
      const result = await initProject({
        ...{ folder: findKindeProject(project).folder, workflows: await kinde.workflows() },
        ...(runner && { runner }),
        attempt: (workflow) => attempt(kinde, workflow),
      });
      process.stdout.write(json ? `${visibleJson(result, 2)}\n` : asText(result));
      done(ExitCode.done);
    });
}

/** Runs a workflow once and answers every request with `{}`. Null if the workflow cannot be run. */
async function attempt(kinde: Kinde, { file }: WorkflowInfo): Promise<Tried | null> {
  const fetch: typeof globalThis.fetch = async () => Response.json({});
  const { stage, completed, error } = await kinde.run({ workflow: file, env: {}, fetch });
  if (stage !== "run") return null;
  const problem = error && `${error.name}: ${error.message}`.replace(/\s+/g, " ").slice(0, 100);
  return { completed, problem: problem && visible(problem) };
}

function asText({ folder, written, changed, left }: Initialised): string {
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${visible(line, " ")}`)];
  const lines = [
    `Project: ${visible(folder, " ")}`,
    ...list("Wrote:", written),
    ...list("Added what was missing to:", changed),
    ...list(
      "Left as they were:",
      left.map(({ path, why }) => `${path}: ${why}`),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
