import { Worker } from "node:worker_threads";

const INTERVAL_MS = 200;

/**
 * The code of a worker. On Windows, `process.ppid` stays the same after the parent has ended, so
 * the code also checks that the parent exists.
 */
const WATCH = `
const { parent, everyMs } = require("node:worker_threads").workerData;
const isThere = () => {
  if (process.ppid !== parent) return false;
  try {
    return process.kill(parent, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};
setInterval(() => {
  if (!isThere()) process.kill(process.pid, "SIGKILL");
}, everyMs);
`;

/**
 * Ends this process shortly after its parent has ended. The main thread may not notice that its
 * pipe was closed, because a looping workflow or the wait for a debugger blocks the thread.
 */
export function watchParent(parent: number): void {
  const worker = new Worker(WATCH, {
    eval: true,
    workerData: { parent, everyMs: INTERVAL_MS },
    env: {},
    // The worker gets streams of its own, because the process's stdout carries the messages, and
    // writing to it blocks.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  });
  worker.unref();
}
