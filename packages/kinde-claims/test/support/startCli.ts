import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** The command in a separate process. */
export interface CliProcess {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  kill(signal: NodeJS.Signals): void;
}

const CLI = join(import.meta.dirname, "../../dist/cli/cli.js");
const running = new Set<ChildProcess>();

/** Starts the built `kinde-claims` with only these environment variables. */
export function startCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CliProcess {
  const child = spawn(process.execPath, ["--", CLI, ...args], { env });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve(code ?? signal);
    });
  });
  return {
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    ended,
    kill: (signal) => void child.kill(signal),
  };
}

/** Ends the processes that a test left running. */
export function endCliProcesses(): void {
  for (const child of running) child.kill("SIGKILL");
}
