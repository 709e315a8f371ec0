import { spawnSync } from "node:child_process";

/**
 * Returns the command that starts the program so that the system itself ends it with `signal` when
 * this process dies for any reason. Linux's PR_SET_PDEATHSIG does that, and `setpriv` of util-linux
 * sets it and then becomes the program, with the same pid. Without that `setpriv` (on a Mac, or
 * with BusyBox, whose `setpriv` cannot do this) the program starts without this protection, and it
 * is the guard that ends the program when this process dies. If this process and the guard are
 * killed at the same moment, the guard of the next stack ends the program (guard.js).
 */
export function endedWithThisProcess(
  file: string,
  args: readonly string[],
  signal: NodeJS.Signals,
): { file: string; args: string[] } {
  if (!canSetDeathSignal()) return { file, args: [...args] };
  const name = signal.replace(/^SIG/, "");
  return { file: "setpriv", args: ["--pdeathsig", name, "--", file, ...args] };
}

let answer: { path: string | undefined; can: boolean } | undefined;

/** Starts `setpriv` to find out, and keeps the result until the variable PATH changes. */
function canSetDeathSignal(): boolean {
  if (process.platform !== "linux") return false;
  const path = process.env.PATH;
  if (answer?.path !== path) {
    const options = { stdio: "ignore", timeout: 5000 } as const;
    const { status } = spawnSync("setpriv", ["--pdeathsig", "KILL", "--", "true"], options);
    answer = { path, can: status === 0 };
  }
  return answer?.can ?? false;
}
