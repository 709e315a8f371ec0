import { Command, Option } from "commander";
import type { Finding } from "../check/Finding.ts";
import { createKinde } from "../createKinde.ts";
import { visibleJson } from "../visible.ts";
import { coloursFor } from "./colours.ts";
import { endOnSignal } from "./endOnSignal.ts";
import { ExitCode } from "./exitCodes.ts";
import { explain } from "./explainCommand.ts";
import { locate } from "./locate.ts";
import { readEnvFiles } from "./readInput.ts";
import { findingsAsAnnotations, findingsAsText } from "./showFindings.ts";

interface CheckFlags {
  project: string;
  env?: string[];
  format: "text" | "json" | "github";
  json?: boolean;
  explain?: string;
}

/** `kinde-local check`: reports what Sync code would refuse, and what would go wrong in a run. */
export function checkCommand(done: (code: number) => void): Command {
  return new Command("check")
    .description(
      "Find, before you push, what Sync code would refuse and what would go wrong in a run.",
    )
    .argument("[workflow]", "the id or the file of the only workflow to check")
    .option("--project <dir>", "the project's folder, or a folder below it", ".")
    .option(
      "--env <file>",
      "a file with the variables that the workflows will have (repeatable)",
      collect,
    )
    .addOption(
      new Option("--format <format>", "the format of the findings")
        .choices(["text", "json", "github"])
        .default("text"),
    )
    .option("--json", "the same as --format json")
    .option("--explain <name>", "explain a rule or the code of an error, like the command explain")
    .action(async (workflow: string | undefined, options: CheckFlags) => {
      if (options.explain !== undefined) {
        process.stdout.write(explain(options.explain, options.json === true));
        done(ExitCode.done);
        return;
      }
      const project = locate(workflow, options.project);
      await using kinde = createKinde({ project, settings: true });
      endOnSignal(kinde);
      const files = options.env ?? [];
      const given =
        files.length === 0 ? {} : { env: readEnvFiles(files), envFile: files.at(-1) ?? "" };
      const findings = await kinde.check({ ...given, ...(workflow !== undefined && { workflow }) });
      const accepted = workflow === undefined ? "project" : "workflow";
      process.stdout.write(render(findings, options.json ? "json" : options.format, accepted));
      done(findings.some(({ severity }) => severity === "error") ? ExitCode.failed : ExitCode.done);
    });
}

function render(
  findings: readonly Finding[],
  format: CheckFlags["format"],
  accepted: "project" | "workflow",
): string {
  if (format === "json") return `${visibleJson({ findings }, 2)}\n`;
  if (format === "github") return findingsAsAnnotations(findings);
  return findingsAsText(findings, coloursFor(process.stdout), accepted);
}

export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}
