// @ts-check
// Runs in a process of its own, which outlives its parent by a moment. When the pipe from the
// parent closes, for any reason (a clean stop, Ctrl-C, a crash, SIGKILL), it ends the servers that
// it watches and removes their folder. Plain JavaScript, so that node starts it in some 40 ms
// without a loader.
//
// The parent and its guard may be killed together. Then the system ends the servers where it
// can (deathSignal.ts), and the guard of the next stack does the rest: it ends the servers that
// still run, and removes the folder. For that, each guard keeps a record in its folder.
//
// It reads one JSON object per line from stdin: {"watch": pid, "signal": name}, {"forget": pid} or
// {"folder": path}.

import { execFileSync } from "node:child_process";
import {
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";

const POLL_MS = 5;
const PATIENCE_MS = 3000;
const REMOVALS = 60;
const RECORD = "guard.json";
/** The number of letters that `mkdtemp` appends to a prefix. */
const RANDOM_LETTERS = 6;
/** If a folder is older than this and has no record, none will follow. */
const RECORD_LIMIT_MS = 60_000;

/** @typedef {Map<number, { signal: NodeJS.Signals, born: string | undefined }>} Watched */

/** @type {Watched} */
const watched = new Map();
/** @type {string[]} */
const folders = [];
/** The command and this guard. While one of them runs, it will end the stack itself. */
const keepers = [process.ppid, process.pid].map((pid) => ({ pid, born: birth(pid) }));

/**
 * When the process was started, or undefined if it does not run (a zombie does not run). Together
 * with the pid, this identifies the process: another process can get the same pid later.
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
 * Sends the signal to the process and to its process group, which holds the processes that it
 * started.
 * @param {number} pid @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  for (const target of process.platform === "win32" ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
    } catch {
      // The process ended in between.
    }
  }
}

/**
 * Removes a folder. Tries again if a process still writes into it.
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
  if (order.watch) watched.set(order.watch, { signal: order.signal, born: birth(order.watch) });
  if (order.forget) watched.delete(order.forget);
  if (order.folder) folders.push(order.folder);
  for (const folder of folders) keepRecord(folder);
  if (order.folder) cleanUpAbandoned(order.folder);
}

/** @param {number} pid @param {string | undefined} born */
function lives(pid, born) {
  return born !== undefined && birth(pid) === born;
}

/**
 * Ends the processes: first with the signal of each, later with SIGKILL.
 * @param {Watched} processes
 */
async function end(processes) {
  const survivors = () => [...processes].filter(([pid, { born }]) => lives(pid, born));
  for (const [pid, { signal }] of survivors()) send(pid, signal);
  const patience = Date.now() + PATIENCE_MS;
  while (survivors().length > 0) {
    if (Date.now() > patience) for (const [pid] of survivors()) send(pid, "SIGKILL");
    if (Date.now() > patience + PATIENCE_MS) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function cleanUp() {
  await end(watched);
  await Promise.all(folders.map(remove));
}

/**
 * Writes into the folder which processes belong to it. The file is replaced as a whole, since
 * another guard may read it at the same time.
 * @param {string} folder
 */
function keepRecord(folder) {
  const record = { keepers, watched: [...watched] };
  const file = join(folder, RECORD);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // The record is only for an accident. The stack also works without it.
  }
}

/**
 * Ends the servers, and removes the folders, of stacks whose command and guard were both killed.
 * @param {string} folder a stack's folder; the folders of other stacks are beside it
 */
function cleanUpAbandoned(folder) {
  const prefix = basename(folder).slice(0, -RANDOM_LETTERS);
  for (const name of namesIn(dirname(folder))) {
    const other = join(dirname(folder), name);
    if (!name.startsWith(prefix) || other === folder) continue;
    const left = abandoned(other);
    if (left) end(left).then(() => remove(other));
  }
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    // A folder can be writable and not readable.
    return [];
  }
}

/**
 * The processes that a stack without command and guard left running; undefined if the folder is in
 * use or does not belong to a stack. The folder and the record must belong to this user: another
 * user could name any process there.
 * @param {string} folder
 * @returns {Watched | undefined}
 */
function abandoned(folder) {
  try {
    const place = lstatSync(folder);
    if (!place.isDirectory() || !isOurs(place)) return undefined;
    const file = lstatSync(join(folder, RECORD), { throwIfNoEntry: false });
    if (!file) {
      // The command was killed before the first record, so the folder is empty. rmdir removes only
      // an empty folder.
      if (Date.now() - place.mtimeMs > RECORD_LIMIT_MS) rmdirSync(folder);
      return undefined;
    }
    if (!file.isFile() || !isOurs(file)) return undefined;
    const record = JSON.parse(readFileSync(join(folder, RECORD), "utf8"));
    const isKept = record.keepers.some(
      /** @param {{ pid: number, born?: string }} keeper */ ({ pid, born }) => lives(pid, born),
    );
    return isKept ? undefined : new Map(record.watched);
  } catch {
    // Another process removes the folder at this moment, or it does not belong to a stack.
    return undefined;
  }
}

/** @param {import("node:fs").Stats} stats */
function isOurs({ uid }) {
  return process.getuid === undefined || uid === process.getuid();
}

// The parent handles a signal to the whole process group. The pipe shows whether the parent ended.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on("line", obey);
lines.on("close", cleanUp);
