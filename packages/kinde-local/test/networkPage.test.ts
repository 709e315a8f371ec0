import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { CLI } from "./support/command.ts";
import { makeProject } from "./support/project.ts";

const PACKAGE = join(import.meta.dirname, "..");
const page = readFileSync(join(PACKAGE, "docs/network.md"), "utf8");

/** A code block: a file when its path stands before it, else a command or what a command prints. */
interface Block {
  path: string | undefined;
  language: string;
  text: string;
}

const blocks = [...page.matchAll(/(?:^`([^`\n]+)`\n\n)?^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(
  ([, path, language = "", text = ""]): Block => ({ path, language, text }),
);
const files = blocks.filter(({ path }) => path !== undefined);
const folder = makeProject(
  Object.fromEntries(files.map(({ path, text }) => [path, text])),
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

const commands = blocks.flatMap((block, index) => {
  const [shell, kind = ""] = block.language.split(" ");
  if (shell !== "sh") return [];
  const next = blocks[index + 1];
  const printed = next?.language === "text" ? next.text.split("\n").filter(Boolean) : [];
  return [{ command: block.text, kind, printed }];
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
  test.for(commands)("$command", async ({ command, kind, printed }) => {
    const { code, output } = await inShell(command, kind === "network");
    expect({ code, output }).toEqual({ code: kind === "fails" ? 2 : 0, output });
    for (const line of printed) expect(output).toContain(line);
  });

  test("has a path before each block that is no command", () => {
    const others = blocks.filter(({ path, language }) => !path && !/^(?:sh|text)/.test(language));
    expect(others).toEqual([]);
    expect(commands.length).toBeGreaterThan(5);
  });
});
