import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, closeSync, constants, openSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { endedWithThisProcess } from "./deathSignal.ts";
import { LocalStackError, type StackPart } from "./errors.ts";
import type { Guard } from "./guard.ts";
import type { SystemUser } from "./user.ts";

const POLL_MS = 10;
const STOP_LIMIT_MS = 5000;
/** A log may quote requests, so only this user may read it. */
const LOG_MODE = 0o600;

export interface ServerCommand {
  part: StackPart;
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** The file for the output of the process: unlike a pipe, it cannot fill up or break. */
  log: string;
  /** The file for its stderr. `log` unless given. */
  errorLog?: string;
  user?: SystemUser | undefined;
  /** The signal that ends it, here and in the guard. */
  stopSignal: NodeJS.Signals;
}

/** A running child process that the guard knows of. */
export interface Server {
  readonly pid: number;
  /** Resolves when the process has ended: its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  readonly running: boolean;
  /** The lines it printed, the last ones last. */
  logLines(): string[];
  /**
   * Sends its stop signal, or the given one, and waits until it ends. A process that does not end
   * within 5 seconds gets SIGKILL.
   */
  stop(signal?: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts a process in a session of its own: Ctrl-C in the terminal reaches the program that uses
 * the stack, and that program decides what ends. If that program dies first, the guard and the
 * system (`endedWithThisProcess`) each end the process.
 */
export async function startServer(command: ServerCommand, guard: Guard): Promise<Server> {
  checkProgram(command);
  const { file, args } = endedWithThisProcess(command.file, command.args, command.stopSignal);
  const log = openSync(command.log, "w", LOG_MODE);
  const errorLog = command.errorLog ? openSync(command.errorLog, "w", LOG_MODE) : log;
  const child = spawn(file, args, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ["ignore", log, errorLog],
    ...(command.user && { uid: command.user.uid, gid: command.user.gid }),
  });
  for (const file of new Set([log, errorLog])) closeSync(file);
  if (child.pid) guard.watch(child.pid, command.stopSignal);
  const pid = await spawned(child, command);
  let running = true;
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once("exit", (code, signal) => {
      running = false;
      guard.forget(pid);
      resolve(signal ?? code ?? 1);
    });
  });
  const server: Server = {
    pid,
    exited,
    get running() {
      return running;
    },
    logLines: () => readFileSync(command.log, "utf8").split("\n").filter(Boolean),
    signal: (signal) => void child.kill(signal),
    stop: async (signal = command.stopSignal) => {
      if (!running) return;
      child.kill(signal);
      const patience = delay(STOP_LIMIT_MS, "late" as const, { ref: false });
      if ((await Promise.race([exited, patience])) === "late") child.kill("SIGKILL");
      await exited;
    },
  };
  return server;
}

function spawned(child: ChildProcess, command: ServerCommand): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid as number));
    child.once("error", (error) => reject(cannotStart(command, error)));
  });
}

/** Checks the program, because otherwise `setpriv` would get the error, and not this process. */
function checkProgram(command: ServerCommand): void {
  // The system looks up a name without a folder in PATH, where it finds only executable programs.
  if (!command.file.includes("/")) return;
  try {
    accessSync(command.file, constants.X_OK);
  } catch (error) {
    throw cannotStart(command, error as NodeJS.ErrnoException);
  }
}

function cannotStart({ part, file }: ServerCommand, error: NodeJS.ErrnoException): LocalStackError {
  const reason =
    error.code === "ENOENT"
      ? "is not there"
      : error.code === "EACCES"
        ? "may not be executed by this user"
        : `could not be started (${error.message})`;
  return new LocalStackError(part, `the program ${file} ${reason}.`, { cause: error });
}

/**
 * Calls `ready` again and again until it returns true. Fails if the process ends before that, or
 * after `limitMs`; the error then quotes the last line that the process printed.
 */
export async function untilReady(
  part: StackPart,
  server: Server,
  ready: () => Promise<boolean>,
  options: { limitMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  const deadline = Date.now() + options.limitMs;
  while (!(await ready())) {
    options.signal?.throwIfAborted();
    if (!server.running) {
      throw new LocalStackError(
        part,
        `it ended (${await server.exited}) before it was ready: ${lastWords(server)}`,
      );
    }
    if (Date.now() > deadline) {
      throw new LocalStackError(
        part,
        `it was not ready after ${options.limitMs / 1000} s: ${lastWords(server)}`,
      );
    }
    await delay(POLL_MS);
  }
}

function lastWords(server: Server): string {
  const words = server.logLines().at(-1) ?? "it printed nothing";
  return words.endsWith(".") ? words : `${words}.`;
}
