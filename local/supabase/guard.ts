import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { LocalStackError } from "./errors.ts";

const STOP_LIMIT_MS = 30_000;

/** Ends the watched processes, and removes the folder, when this process ends in any way. */
export interface Guard {
  /** Ends the process with `signal` when this one is gone. */
  watch(pid: number, signal: NodeJS.Signals): void;
  forget(pid: number): void;
  /** Ends all watched processes, removes the folder, and resolves when that is done. */
  finish(): Promise<void>;
}

/**
 * Starts the guard: a small process in a session of its own that holds one end of a pipe. The
 * system closes the other end when this process dies, SIGKILL included, and then the guard cleans
 * up. So no signal or exit handler has to be installed in the program that uses the stack.
 */
export function startGuard(folder: string): Guard {
  const child = spawn(process.execPath, [fileURLToPath(new URL("guard.js", import.meta.url))], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const ended = once(child, "exit").then(
    () => undefined,
    (error: unknown) => {
      throw new LocalStackError("guard", `its process could not be started (${String(error)}).`);
    },
  );
  ended.catch(() => undefined);
  // The guard must not keep this process alive. finish() waits for it.
  child.unref();
  (child.stdin as Socket).unref();
  child.stdin.on("error", () => undefined);
  const tell = (order: object) => {
    if (child.stdin.writable) child.stdin.write(`${JSON.stringify(order)}\n`);
  };
  tell({ folder });
  return {
    watch: (pid, signal) => tell({ watch: pid, signal }),
    forget: (pid) => tell({ forget: pid }),
    finish: async () => {
      child.ref();
      child.stdin.end();
      const limit = new Promise<never>((_, reject) => {
        const timer = setTimeout(() => {
          reject(
            new LocalStackError(
              "guard",
              `the servers of the local stack did not end. Look for processes that use ${folder}, and end them.`,
            ),
          );
        }, STOP_LIMIT_MS);
        timer.unref();
      });
      await Promise.race([ended, limit]);
    },
  };
}
