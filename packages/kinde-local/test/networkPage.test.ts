import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { CLI } from "./support/command.ts";
import { makeProject } from "./support/project.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PACKAGE = join(ROOT, "packages/kinde-local");
const page = readFileSync(join(ROOT, "packages/kinde-local/docs/network.md"), "utf8");

interface Block {
  /** Stands before a block that is a file. */
  path: string | undefined;
  title: string;
  text: string;
}

const blocks = [
  ...page.matchAll(/(?:^`([^`\n]+)`\n\n)?^```\w+ test: ([^\n]*)\n([\s\S]*?)^```$/gm),
].map(([, path, title = "", text = ""]): Block => ({ path, title, text }));
const files = blocks.filter(({ title }) => title === "a file");
const folder = makeProject(
  Object.fromEntries(files.map(({ path = "", text }) => [path, text])),
  afterAll,
);
mkdirSync(join(folder, "node_modules"));
symlinkSync(PACKAGE, join(folder, "node_modules/kinde-local"));

/** Stands in for the network in a command that is meant to reach it. */
const fakeNetwork = join(folder, "network.mjs");
writeFileSync(
  fakeNetwork,
  'globalThis.fetch = async () => Response.json({ name: "recorded", country: "NZ" });',
);

/** Exit code of a command by the title of its block. */
const EXIT_CODES = new Map([
  ["a command", 0],
  ["a command that fails", 2],
  ["a command that needs the network", 0],
]);
const commands = blocks.flatMap(({ title, text }, index) => {
  const code = EXIT_CODES.get(title);
  if (code === undefined) return [];
  const next = blocks[index + 1];
  const isPrinted = next?.title === "what the command prints";
  return [{ command: text, code, title, printed: isPrinted ? next.text.split("\n") : [] }];
});

function inShell(command: string, network: boolean): Promise<{ code: number; output: string }> {
  const program = command.replaceAll("npx kinde-local", `${process.execPath} ${CLI}`);
  const options = network ? `--import ${pathToFileURL(fakeNetwork)}` : "";
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NODE_OPTIONS: options };
  return new Promise((resolve) => {
    execFile("sh", ["-c", program], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

describe("the page on the network", { timeout: 60_000 }, () => {
  test.for(commands)("$title: $command", async ({ command, title, code, printed }) => {
    const done = await inShell(command, title === "a command that needs the network");
    expect(done).toEqual({ code, output: done.output });
    for (const line of printed.filter(Boolean)) expect(done.output).toContain(line);
  });

  test("has a path before each file, and the known commands", () => {
    expect(files.filter(({ path }) => path === undefined)).toEqual([]);
    expect(commands.length).toBeGreaterThan(5);
  });
});
