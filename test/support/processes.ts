import { execFileSync } from "node:child_process";

/** Enough for processes to end on a busy machine. */
const LIMIT_MS = 20_000;

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

/** Waits until `condition` is true. Returns false if that takes longer than the limit. */
export async function eventually(condition: () => boolean, limitMs = LIMIT_MS): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
