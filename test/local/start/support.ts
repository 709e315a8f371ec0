import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { builtProgram } from "../../support/programs.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");

export type Ended = {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
};

type SpawnOptions = {
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** Starts it as `npm start` does, and not the program built for the tests, which is cheaper. */
  asInstalled?: boolean;
};

/**
 * `npm start -- …` as a process. Without npm in between, so that signals and exit codes are its own,
 * and without this machine's SUPABASE_ variables.
 */
export function spawnStart(
  args: readonly string[],
  { cwd = REPOSITORY, env = {}, asInstalled = false }: SpawnOptions = {},
) {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("SUPABASE_"));
  const program = asInstalled
    ? [join(REPOSITORY, "local/command/run.js"), "local/start.ts"]
    : [builtProgram("local/start.ts")];
  const child = spawn(process.execPath, [...program, "--", ...args], {
    cwd,
    env: { ...Object.fromEntries(clean), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, ended: collect(child) };
}

export function start(args: readonly string[], options?: SpawnOptions): Promise<Ended> {
  return spawnStart(args, options).ended;
}

function collect(child: ChildProcess): Promise<Ended> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (output.stdout += chunk));
  child.stderr?.on("data", (chunk) => (output.stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal, ...output }));
  });
}
