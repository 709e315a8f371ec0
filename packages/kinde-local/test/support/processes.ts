import { execFileSync } from "node:child_process";

/** Ids of the realms' processes that `parent` has started. */
export function realmsOf(parent: number): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.join(" ").includes("realm.js"))
    .map(([pid]) => Number(pid));
}

/** A process that ended but whose parent has not read its status yet (a zombie) is not alive. */
export function isAlive(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" }).startsWith(
      "Z",
    );
  } catch {
    return false;
  }
}
