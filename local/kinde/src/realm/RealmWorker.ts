import { Worker } from "node:worker_threads";
import { KindeError } from "../errors.ts";
import { type Fetched, performFetch } from "../fetch/performFetch.ts";
import type { FetchEntry, Unknowns } from "../types.ts";
import type { FetchRequest, Job, JournalEntry, Outcome, ToParent } from "./protocol.ts";

export interface JobResult {
  outcome: Outcome | { state: "memory" } | { state: "stuck" };
  journal: JournalEntry[];
  fetches: FetchEntry[];
  ms: number;
}

/** More log lines than this are counted, not kept: a workflow that logs without end must end too. */
const MAX_JOURNAL = 10_000;
/** After the limit the engine stops at its next step; a worker that has not is taken down. */
const GRACE_MS = 2_000;

/**
 * The worker that holds the realms, one job at a time. Started by the first job; lets the process
 * exit while it is idle; a job that cannot be stopped, or that eats the memory, costs a new one.
 */
export class RealmWorker {
  readonly #memoryMb: number;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb;
  }

  run(job: Job, unknowns: Unknowns): Promise<JobResult> {
    const result = this.#queue.then(() => this.#perform(job, unknowns));
    this.#queue = result.catch(() => {});
    return result;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    Atomics.store(this.#signal, 0, 0);
    const worker = new Worker(new URL("./worker.js", import.meta.url), {
      name: "kinde-local",
      workerData: this.#signal,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #perform(job: Job, unknowns: Unknowns): Promise<JobResult> {
    const worker = this.#worker ?? this.#start();
    const start = performance.now();
    const journal: JournalEntry[] = [];
    const fetches: FetchEntry[] = [];
    worker.ref();
    return new Promise((resolve, reject) => {
      let watch: NodeJS.Timeout | undefined;
      const finish = (outcome: JobResult["outcome"], ms = performance.now() - start): void => {
        clearTimeout(watch);
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        worker.unref();
        resolve({ outcome, journal, fetches, ms });
      };
      const discard = (outcome: JobResult["outcome"]): void => {
        if (this.#worker === worker) this.#worker = null;
        finish(outcome);
        worker.on("error", () => {});
        void worker.terminate();
      };
      const guard = (): void => {
        if (job.timeMs === 0) return;
        clearTimeout(watch);
        const left = job.timeMs - (performance.now() - start);
        watch = setTimeout(() => discard({ state: "stuck" }), Math.max(0, left) + GRACE_MS);
      };
      const onMessage = (message: ToParent): void => {
        if (message.type === "journal") {
          if (journal.length >= MAX_JOURNAL) return;
          journal.push({ kind: message.kind, value: JSON.parse(message.json) } as JournalEntry);
        } else if (message.type === "fetch") {
          clearTimeout(watch);
          void performFetch(JSON.parse(message.request) as FetchRequest, unknowns).then(
            ({ answer, entry }: Fetched) => {
              fetches.push(entry);
              guard();
              worker.postMessage(JSON.stringify(answer));
              Atomics.store(this.#signal, 0, 1);
              Atomics.notify(this.#signal, 0);
            },
          );
        } else finish(message.outcome, message.ms);
      };
      const onError = (error: Error & { code?: string }): void => {
        const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
        if (!isMemory) reject(lost(error.message));
        discard({ state: "memory" });
      };
      const onExit = (code: number): void => {
        reject(lost(`it ended with exit code ${code}`));
        discard({ state: "stuck" });
      };
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      guard();
      worker.postMessage(job);
    });
  }
}

function lost(reason: string): KindeError {
  return new KindeError(
    "WORKER_LOST",
    `Running the workflow failed because its worker thread was lost: ${reason}. This is a fault of kinde-local, or close() was called during a run.`,
  );
}
