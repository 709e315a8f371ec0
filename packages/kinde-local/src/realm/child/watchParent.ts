import { Worker } from "node:worker_threads";

const INTERVAL_MS = 200;

/**
 * Runs beside the realms. On Windows an orphan keeps its parent's id, so the parent itself is asked
 * for as well.
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
 * Ends this process soon after its parent has ended, however that was. A workflow that loops, or a
 * debugger that is waited for, keeps the main thread from seeing that its pipe was closed.
 */
export function watchParent(parent: number): void {
  const worker = new Worker(WATCH, {
    eval: true,
    workerData: { parent, everyMs: INTERVAL_MS },
    env: {},
    // Its own: the process's stdout belongs to the frames, and is written to blocking.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  });
  worker.unref();
}
