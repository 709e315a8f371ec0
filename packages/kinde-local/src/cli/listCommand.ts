import { relative } from "node:path";
import { Command } from "commander";
import { createKinde } from "../createKinde.ts";
import type { WorkflowInfo } from "../types.ts";
import { visible, visibleJson } from "../visible.ts";
import { ExitCode } from "./exitCodes.ts";

/** `kinde-local list`: lists the project's workflows. */
export function listCommand(done: (code: number) => void): Command {
  return new Command("list")
    .description("List the workflows of the project: id, trigger, file.")
    .option("--project <dir>", "the project's folder, or a folder below it", ".")
    .option("--json", "one JSON document on standard output")
    .action(async ({ project, json }: { project: string; json?: boolean }) => {
      await using kinde = createKinde({ project });
      const workflows = await kinde.workflows();
      process.stdout.write(json ? `${visibleJson({ workflows }, 2)}\n` : asText(workflows));
      done(ExitCode.done);
    });
}

/** A workflow that cannot be loaded may have no id and no trigger. `check` reports why. */
function asText(workflows: readonly WorkflowInfo[]): string {
  if (workflows.length === 0) return "No workflows. Write one with: kinde-local new\n";
  const rows = workflows.map(({ id, trigger, file }) => [
    visible(id, " ") || "(no id)",
    visible(trigger, " ") || "(no trigger)",
    visible(relative(process.cwd(), file), " "),
  ]);
  const width = (column: number): number =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1), 0];
  const lines = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "));
  return `${lines.join("\n")}\n`;
}
