import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { CLI } from "./command.ts";

interface Block {
  /** The path in the line above a block that is a file. */
  path: string | undefined;
  /** The words after "test:", which say what the test does with the block. */
  title: string;
  text: string;
}

export interface Example {
  command: string;
  title: string;
  /** The expected exit code. */
  code: number;
  /** Lines that the output has to contain. */
  printed: string[];
}

/** Exit code of a command by the title of its block. */
const EXIT_CODES = new Map([
  ["a command", 0],
  ["a command that fails", 2],
  ["a command that needs the network", 0],
]);

/** Reads the files and the commands of a page whose examples run in one folder. */
export function readExamples(page: string): { files: Block[]; commands: Example[] } {
  const blocks = [
    ...readFileSync(page, "utf8").matchAll(
      /(?:^`([^`\n]+)`\n\n)?^```\w+ test: ([^\n]*)\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, path, title = "", text = ""]): Block => ({ path, title, text }));
  const commands = blocks.flatMap(({ title, text }, index) => {
    const code = EXIT_CODES.get(title);
    if (code === undefined) return [];
    const next = blocks[index + 1];
    const isPrinted = next?.title === "what the command prints";
    const printed = isPrinted ? next.text.split("\n").filter(Boolean) : [];
    return [{ command: text, code, title, printed }];
  });
  return { files: blocks.filter(({ title }) => title === "a file"), commands };
}

/** Runs a command of a page in a shell. */
export function inShell(
  command: string,
  cwd: string,
  nodeOptions = "",
): Promise<{ code: number; output: string }> {
  const program = command.replaceAll("npx kinde-local", `${process.execPath} ${CLI}`);
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const env = { PATH: path, NODE_OPTIONS: nodeOptions };
  return new Promise((resolve) => {
    execFile("sh", ["-c", program], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}
