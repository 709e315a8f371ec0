import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command, Option } from "commander";
import { afterAll, describe, expect, test } from "vitest";
import { createProgram } from "../src/cli/program.ts";
import { emptyFolder } from "./support/installed.ts";
import { inShell, readExamples } from "./support/pageExamples.ts";

const FILE = join(import.meta.dirname, "../docs/commands.md");
const { commands } = createProgram(() => {});

interface Row {
  flags: string;
  text: string;
}

/** The rows of a section's tables of options. */
function rowsOf(section: string): Row[] {
  return [...section.matchAll(/^\| `(-[^`]+)` (\|.*)$/gm)].map(([, flags = "", text = ""]) => ({
    flags,
    text,
  }));
}

const [, ...parts] = readFileSync(FILE, "utf8").split(/^## /m);
const sections = parts.map((part) => {
  const [title = "", ...lines] = part.split("\n");
  return { title, rows: rowsOf(lines.join("\n")) };
});
const commandSections = sections.filter(({ title }) => title.startsWith("`"));
const shared = sections.find(({ title }) => title === "Options of several commands")?.rows ?? [];

/** Whether a row such as "| all but `a` and `b` | …" is about this command. */
function isAbout({ text }: Row, command: Command): boolean {
  const [, which = ""] = text.split("|");
  const isNamed = which.includes(`\`${command.name()}\``);
  return /^ all\b/.test(which) ? !isNamed : isNamed;
}

function documented(command: Command): Row[] {
  const own = commandSections.find(({ title }) => title === titleOf(command));
  return [...shared.filter((row) => isAbout(row, command)), ...(own?.rows ?? [])];
}

function titleOf(command: Command): string {
  return `\`${[command.name(), ...command.usage().split(" ").slice(1)].join(" ")}\``;
}

function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

describe("docs/commands.md", () => {
  test("has a section for each command with its arguments, in the order of --help", () => {
    expect(commandSections.map(({ title }) => title)).toEqual(commands.map(titleOf));
  });

  test.for(commands.map((command) => [command.name(), command] as const))(
    "names each option of %s once, and no other option",
    ([, command]) => {
      const named = documented(command).map(({ flags }) => flags);
      expect(named.toSorted()).toEqual(
        optionsOf(command)
          .map(({ flags }) => flags)
          .toSorted(),
      );
    },
  );

  test("names every choice of an option", () => {
    const missing = commands.flatMap((command) =>
      optionsOf(command).flatMap(({ flags, argChoices = [] }) => {
        const row = documented(command).find((candidate) => candidate.flags === flags);
        return argChoices.filter((choice) => !row?.text.includes(`\`${choice}\``));
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe("the examples of docs/commands.md", { timeout: 60_000 }, () => {
  const folder = emptyFolder(afterAll);
  const { commands: examples } = readExamples(FILE);

  test("use every command", () => {
    const used = examples.flatMap(({ command }) => [...command.matchAll(/npx kinde-local (\w+)/g)]);
    expect(new Set(used.map(([, name]) => name))).toEqual(
      new Set(commands.map((command) => command.name())),
    );
  });

  test.for(examples)("$command", async ({ command, code, printed }) => {
    const done = await inShell(command, folder);
    expect(done).toEqual({ code, output: done.output });
    for (const line of printed) expect(done.output).toContain(line);
  });
});
