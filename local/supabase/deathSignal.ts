import { spawnSync } from "node:child_process";

/**
 * The program as it has to be started so that the system itself ends it with `signal` when this
 * process dies, however that happens. Linux's PR_SET_PDEATHSIG does that, and `setpriv` of util-linux
 * sets it and then becomes the program: same pid, same command line. Without `setpriv` (on a Mac,
 * with BusyBox) the program starts as it is. Then only a kill of this process and its guard at the
 * same moment leaves it running, and the guard of the next stack ends it (guard.js).
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

/** Asks once for each PATH, since a program is started to find out. */
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
