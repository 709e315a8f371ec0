import { readFileSync } from "node:fs";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Job, ToParent } from "./protocol.ts";
import { RealmRunner } from "./runInRealm.ts";

// The thread in which realms live. `kinde.fetch` blocks it until the thread that called `run` has
// the answer; that thread can end it whatever the workflow does.

if (!parentPort) throw new Error("kinde-local: worker.js is started by kinde-local itself");
const port = parentPort;
const signal = workerData as Int32Array<SharedArrayBuffer>;
const post = (message: ToParent): void => port.postMessage(message);

/** A rejection that nobody handles means nothing at Kinde, and must not end the worker here. */
process.on("unhandledRejection", () => {});

let waiting = false;

function receiveAnswer(): string {
  Atomics.wait(signal, 0, 0);
  Atomics.store(signal, 0, 0);
  waiting = false;
  return (receiveMessageOnPort(port) as { message: string }).message;
}

const runner = new RealmRunner(readFileSync(new URL("./inside.js", import.meta.url), "utf8"), {
  emit: (kind, json) => post({ type: "journal", kind, json } as ToParent),
  fetch: (request) => {
    waiting = true;
    post({ type: "fetch", request });
    return receiveAnswer();
  },
});

port.on("message", (job: Job) => {
  const start = performance.now();
  const outcome = runner.run(job);
  // The limit came during a fetch. Kinde's interrupt waits until the fetch has returned.
  if (waiting) receiveAnswer();
  post({ type: "done", outcome, ms: performance.now() - start });
});
