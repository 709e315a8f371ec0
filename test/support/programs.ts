import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { ROOT } from "../docs/support/files.ts";
import { builtProgram } from "./builtPrograms.ts";
import { eventually } from "./processes.ts";

/** How long a program may take to print what a test waits for, on a busy machine. */
const PRINT_LIMIT_MS = 60_000;

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Ended extends Printed {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Its output so far. */
  readonly printed: Printed;
  readonly ended: Promise<Ended>;
  /**
   * Waits until stdout has the text. Fails with the output if the program ends before that
   * or takes longer than a minute.
   */
  prints(text: string): Promise<void>;
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** Variables beside this process's own. `undefined` removes one. */
  readonly env?: NodeJS.Dict<string>;
}

/**
 * Starts a program for the running test, without this machine's settings for Supabase, Kinde and the
 * app. A program that is still running when the test finishes is killed.
 */
export function startProgram(
  file: string,
  args: readonly string[],
  { cwd = ROOT, env = {} }: ProgramOptions = {},
): RunningProgram {
  const child = spawn(file, args, {
    cwd,
    env: { ...ownEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk) => {
      printed[name] += chunk;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal, ...printed }));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  onTestFinished(async () => {
    if (isRunning()) child.kill("SIGKILL");
    await ended;
  });
  return {
    child,
    printed,
    ended,
    async prints(text) {
      await eventually(() => printed.stdout.includes(text) || !isRunning(), PRINT_LIMIT_MS);
      if (printed.stdout.includes(text)) return;
      const state = isRunning() ? "is still running" : "has ended";
      const output = `stdout: ${printed.stdout}\nstderr: ${printed.stderr}`;
      throw new Error(`${file} ${state} and did not print ${JSON.stringify(text)}.\n${output}`);
    },
  };
}

/**
 * Starts a TypeScript program of the repository without npm, so that signals reach it.
 *
 * @param file its path in the repository
 */
export function startTypeScript(
  file: string,
  args: readonly string[] = [],
  options?: ProgramOptions,
): RunningProgram {
  const built = builtProgram(file);
  const command = built ? [built] : ["--import", import.meta.resolve("tsx"), join(ROOT, file)];
  return startProgram(process.execPath, [...command, ...args], options);
}

function ownEnvironment(): NodeJS.Dict<string> {
  const settings = /^((SUPABASE|KINDE|APP)_|(PORT|HOST)$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}
