import { KindeError } from "../../errors.ts";
import type { Job } from "../protocol/messages.ts";
import type { InspectAddress } from "./inspectAddress.ts";
import type { Network } from "./performFetch.ts";
import { type JobResult, RealmChild } from "./RealmChild.ts";

/**
 * The process that holds the realms, one job at a time. Started by the first job; lets this process
 * exit while it is idle, and ends with it.
 *
 * A process and not a thread, because V8 takes the whole process down when a big allocation (a Map
 * that grows) does not fit, whatever limits a thread was given.
 */
export class RealmProcess {
  readonly #memoryMb: number;
  readonly #inspect: InspectAddress | null;
  #child: RealmChild | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** `inspect` is where a debugger may attach; the process then waits for one. */
  constructor(memoryMb: number, inspect: InspectAddress | null = null) {
    this.#memoryMb = memoryMb;
    this.#inspect = inspect;
  }

  run(job: Job, network: Network): Promise<JobResult> {
    const result = this.#queue.then(() => this.#perform(job, network));
    this.#queue = result.catch(() => {});
    return result;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const child = this.#child;
    this.#child = null;
    if (!child || child.isGone) return;
    child.process.ref();
    const gone = new Promise((resolve) => child.process.once("exit", resolve));
    child.process.kill("SIGKILL");
    await gone;
  }

  async #perform(job: Job, network: Network): Promise<JobResult> {
    if (this.#isClosed) {
      throw new KindeError("CLOSED", "The runtime was closed before this run could begin.");
    }
    if (!this.#child || this.#child.isGone) {
      this.#child = new RealmChild(this.#memoryMb, this.#inspect);
    }
    const child = this.#child;
    return await child.perform(job, network).finally(() => {
      if (child.isLost && this.#child === child) this.#child = null;
    });
  }
}
