import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { builtProgram } from "../../support/programs.ts";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs a program, built for the tests, in a process of its own; `onOutput` sees stdout as it comes. */
export function runProgram(
  program: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void, pid: number) => void;
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [builtProgram(program), ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    printed.stdout += chunk;
    options.onOutput?.(printed.stdout, (signal) => child.kill(signal), child.pid ?? 0);
  });
  child.stderr.on("data", (chunk) => {
    printed.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...printed }));
  });
}

/** The command lines of running processes that mention `text`. */
export function processesMentioning(text: string): string[] {
  return execFileSync("ps", ["-eo", "args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(text));
}

/** The numbers of the processes that `parent` started and whose command line has `text`. */
export function childrenOf(parent: number, text: string): number[] {
  return execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.join(" ").includes(text))
    .map(([pid]) => Number(pid));
}

/** Waits until `condition` holds; gives whether it did within the limit. */
export async function eventually(condition: () => boolean, limitMs = 3000): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
