import { Command } from "commander";
import { type Colours, coloursFor } from "./colours.ts";
import { ExitCode } from "./exitCodes.ts";
import { findSection, readSections, type Section } from "./rulesPage.ts";

/** `kinde-local explain`: explains a rule or a code, with a bad and a good example. */
export function explainCommand(done: (code: number) => void): Command {
  return new Command("explain")
    .description("Explain a rule of check or the code of an error, with a bad and a good example.")
    .argument("[name]", "such as absent-global or NOT_DEFINED; without it all of them are listed")
    .option("--json", "one JSON document: name and Markdown")
    .action((name: string | undefined, { json }: { json?: boolean }) => {
      process.stdout.write(name === undefined ? list(json === true) : explain(name, json === true));
      done(ExitCode.done);
    });
}

/** Returns one section, for people or as JSON. */
export function explain(name: string, json: boolean): string {
  const section = findSection(name);
  return json
    ? `${JSON.stringify(section, null, 2)}\n`
    : asText(section, coloursFor(process.stdout));
}

function list(json: boolean): string {
  const names = readSections().map(({ name }) => name);
  return json ? `${JSON.stringify({ names }, null, 2)}\n` : `${names.join("\n")}\n`;
}

/** Renders Markdown for a terminal: code is indented, with its file name above it. */
function asText({ name, text }: Section, colours: Colours): string {
  const rows: string[] = [];
  let isCode = false;
  for (const row of text.split("\n")) {
    const file = /^<!-- file: (.+) -->$/.exec(row)?.[1];
    if (row.startsWith("```")) isCode = !isCode;
    else if (isCode) rows.push(`    ${row}`.trimEnd());
    else if (file !== undefined) rows.push(`  ${colours.dim(file)}`);
    else rows.push(/^(?:Bad|Good):$/.test(row) ? colours.bold(row) : plain(row));
  }
  return `${colours.bold(name)}\n\n${rows.join("\n")}\n`;
}

/** Removes the Markdown signs of emphasis and links. */
function plain(row: string): string {
  return row
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/\*(Warning\.|warning)\*/g, "$1");
}
