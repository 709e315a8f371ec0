import { readFileSync, readSync, writeSync } from "node:fs";
import { encodeFrame } from "../protocol/messageFraming.ts";
import {
  CRASHED_EXIT_CODE,
  INTERRUPTED_EXIT_CODE,
  type Job,
  type RealmArguments,
  type ToParent,
} from "../protocol/messages.ts";
import { openInspector } from "./openInspector.ts";
import { RealmRunner } from "./RealmRunner.ts";
import { watchParent } from "./watchParent.ts";

// The process in which realms run. It reads jobs from stdin and writes its messages to stdout.
// Reading and writing block, so `kinde.fetch` is synchronous. When the parent has ended, stdin
// ends, and then this process ends itself. (While a workflow runs, `watchParent` ends it.)

const [parent, host, port] = process.argv.slice(2) as RealmArguments;
watchParent(Number(parent));
if (host !== undefined) openInspector(host, Number(port));

const STDIN = 0;
const STDOUT = 1;

/** Kinde ignores an unhandled rejection, so it must not end this process. */
process.on("unhandledRejection", () => {});

function read(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; ) {
    const count = readSync(STDIN, bytes, at, size - at, null);
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}

function receive(): unknown {
  return JSON.parse(read(read(4).readUInt32LE()).toString("utf8"));
}

/**
 * False while a message is read or written. If the time limit is reached at such a moment, it is
 * unknown how many bytes were transferred, so the pipe cannot be used any more.
 */
let isBetweenMessages = true;

function send(message: ToParent): void {
  const frame = encodeFrame(message);
  for (let at = 0; at < frame.length; ) at += writeSync(STDOUT, frame, at);
}

const runner = new RealmRunner(readFileSync(new URL("./inside.js", import.meta.url), "utf8"), {
  begin: () => send({ type: "begun" }),
  emit: (kind, json) => {
    isBetweenMessages = false;
    send({ type: "journal", kind, json } as ToParent);
    isBetweenMessages = true;
  },
  crash: (what, stack) => {
    send({ type: "crash", what, stack });
    process.exit(CRASHED_EXIT_CODE);
  },
  fetch: (request) => {
    isBetweenMessages = false;
    send({ type: "fetch", request });
    const answer = receive() as string;
    isBetweenMessages = true;
    return answer;
  },
});

function work(): void {
  const job = receive() as Job;
  const start = performance.now();
  const outcome = runner.run(job);
  if (!isBetweenMessages) process.exit(INTERRUPTED_EXIT_CODE);
  send({ type: "done", outcome, ms: performance.now() - start });
  // The next run usually has the same setup. With a debugger, no realm is prepared, because the
  // debugger would show it.
  if (job.kind === "run" && !job.inspect) runner.prepare(job.setup);
  // Returns to the event loop between jobs, so that a debugger and the garbage collector can work.
  setImmediate(work);
}

work();
