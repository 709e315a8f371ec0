// @ts-check
// A process of its own that outlives its parent by a moment: when the pipe from the parent closes,
// for whatever reason (a clean stop, Ctrl-C, a crash, SIGKILL), it ends the servers it was told of
// and removes their folder. Plain JavaScript, so that node starts it in some 40 ms without a loader.
//
// One JSON object a line on stdin: {"watch": pid, "signal": name}, {"forget": pid}, {"folder": path}

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

const POLL_MS = 5;
const PATIENCE_MS = 3000;
const REMOVALS = 60;

/** @type {Map<number, { signal: NodeJS.Signals, born: string | undefined }>} */
const watched = new Map();
/** @type {string[]} */
const folders = [];

/**
 * When the process was born, or undefined if there is none (a zombie counts as none). With the pid
 * this tells a process from another one that got the same number later.
 * @param {number} pid
 */
function birth(pid) {
  try {
    if (process.platform === "linux") {
      // After the command's closing bracket: the state is the first field, the start time the 20th.
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
    }
    if (process.platform === "win32") {
      process.kill(pid, 0);
      return "running";
    }
    const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
    });
    return line.startsWith("Z") ? undefined : line.slice(line.indexOf(" ")).trim();
  } catch {
    return undefined;
  }
}

/**
 * To the process and to what it started: each leads a group of its own.
 * @param {number} pid @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  for (const target of process.platform === "win32" ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
    } catch {
      // It ended in between.
    }
  }
}

/**
 * Somebody may still be writing into the folder when it is removed: again, then.
 * @param {string} folder
 */
async function remove(folder) {
  for (let attempt = 0; attempt < REMOVALS; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS / REMOVALS));
    }
  }
}

/** @param {string} line */
function obey(line) {
  const order = JSON.parse(line);
  if (order.folder) folders.push(order.folder);
  if (order.watch) watched.set(order.watch, { signal: order.signal, born: birth(order.watch) });
  if (order.forget) watched.delete(order.forget);
}

function survivors() {
  return [...watched].filter(([pid, { born }]) => born !== undefined && birth(pid) === born);
}

async function cleanUp() {
  for (const [pid, { signal }] of survivors()) send(pid, signal);
  const patience = Date.now() + PATIENCE_MS;
  while (survivors().length > 0) {
    if (Date.now() > patience) for (const [pid] of survivors()) send(pid, "SIGKILL");
    if (Date.now() > patience + PATIENCE_MS) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await Promise.all(folders.map(remove));
}

// A signal to the whole process group is the parent's business; the pipe tells what became of it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on("line", obey);
lines.on("close", cleanUp);
