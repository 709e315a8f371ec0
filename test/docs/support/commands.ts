import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { supabaseBinary } from "../../../local/supabase/binaries.ts";
import type { CodeBlock } from "./codeBlocks.ts";
import { ROOT } from "./files.ts";

/** The problems of a block's commands: programs, scripts, files or options that do not exist. */
export async function problemsOfCommands(block: CodeBlock): Promise<string[]> {
  const problems = await Promise.all(
    commandsOf(block.code).map((words) => problemsOf(words, dirname(join(ROOT, block.page)))),
  );
  return problems.flat();
}

/** Splits each command into words, without comments, variables and redirections. */
function commandsOf(code: string): string[][] {
  return code
    .replaceAll(/\\\n/g, " ")
    .split(/\n| && /)
    .map((line) => line.replace(/(?:^| )# .*$/, "").replace(/ (?:2?>|<) .*$/, ""))
    .map((line) => line.match(/"[^"]*"|'[^']*'|<[^>]*>|\S+/g) ?? [])
    .map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
    .filter((words) => words.length > 0);
}

async function problemsOf(words: readonly string[], folder: string): Promise<string[]> {
  const [program, ...rest] = words;
  if (program === "npm") return await problemsOfNpm(rest, folder);
  if (program === "npx") return await problemsOfNpx(rest, folder);
  if (program === "cp") return missingFiles(rest.slice(0, -1), folder);
  if (program === "node")
    return missingFiles(
      rest.filter((word) => /^[\w/]+\.[jt]s$/.test(word)),
      folder,
    );
  return ["curl", "openssl", "chmod", "git", "cd"].includes(program ?? "")
    ? []
    : [`"${program}" is a program that this test does not know`];
}

async function problemsOfNpm([verb = "", ...rest]: readonly string[], folder: string) {
  if (["ci", "install", "pack"].includes(verb)) return [];
  const script = verb === "run" ? (rest.shift() ?? "") : verb;
  const command = scriptOf(script, rest, folder);
  if (command === undefined) return [`the script "${script}" does not exist`];
  const own = rest.includes("--") ? rest.slice(rest.indexOf("--") + 1) : [];
  const program = /^node (local\/command\/run\.js \S+)/.exec(command)?.[1];
  return program === undefined
    ? []
    : await unknownOptions(own, process.execPath, program.split(" "));
}

async function problemsOfNpx([program = "", ...rest]: readonly string[], folder: string) {
  const options = rest.findIndex((word) => word.startsWith("-"));
  const verbs = options < 0 ? rest : rest.slice(0, options);
  if (program === "vitest") return missingFiles(verbs.slice(1), folder);
  if (program === "supabase")
    return await unknownOptions(rest, supabaseBinary(), verbs.slice(0, 2));
  const own = programOf(program);
  if (own !== undefined)
    return await unknownOptions(rest, process.execPath, [own, ...verbs.slice(0, 1)]);
  return [`"npx ${program}" is a program that this test does not know`];
}

/** The file that npx runs for one of our packages. */
function programOf(name: string): string | undefined {
  const folder = join(ROOT, "packages", name);
  if (!existsSync(folder)) return undefined;
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, bin[name]);
}

/**
 * The script of the page's own package, else of the root. If the command names a workspace, the
 * scripts of all workspaces listed here come first.
 */
function scriptOf(name: string, args: readonly string[], folder: string): string | undefined {
  const scripts = ["examples/express", "packages/kinde-claims", "packages/kinde-local"]
    .filter(() => args.includes("-w") || args.includes("--workspace"))
    .concat([folder, "."])
    .map((path) => join(path.startsWith("/") ? path : join(ROOT, path), "package.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")).scripts as Record<string, string>);
  return scripts.find((one) => name in one)?.[name];
}

function missingFiles(paths: readonly string[], folder: string): string[] {
  return (
    paths
      // Of a pattern such as supabase/upgrade/*.sql, only the folder is checked.
      .filter((path) => {
        const fixed = path.replace(/\/[^/]*\*.*$/, "");
        return [folder, ROOT].every((from) => !existsSync(join(from, fixed)));
      })
      .map((path) => `the file "${path}" does not exist`)
  );
}

/** The options that the program's help does not name. */
async function unknownOptions(
  words: readonly string[],
  program: string,
  args: readonly string[],
): Promise<string[]> {
  const used = words.flatMap((word) => /^(--[\w-]+)/.exec(word)?.[1] ?? []);
  if (used.length === 0) return [];
  const help = await helpOf(program, args);
  return used
    .filter((option) => !help.includes(option))
    .map((option) => `the option ${option} does not exist`);
}

const helps = new Map<string, Promise<string>>();

function helpOf(program: string, args: readonly string[]): Promise<string> {
  const key = [program, ...args].join(" ");
  const known = helps.get(key);
  if (known) return known;
  const help = new Promise<string>((resolve) => {
    const own =
      args[0] === "local/command/run.js" ? [...args, "--", "--help"] : [...args, "--help"];
    execFile(program, own, { cwd: ROOT }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
  helps.set(key, help);
  return help;
}
