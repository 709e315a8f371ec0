import { KindeError } from "../../errors.ts";
import type { Job } from "../protocol/messages.ts";
import type { InspectAddress } from "./inspectAddress.ts";
import type { Network } from "./performFetch.ts";
import { type JobResult, RealmChild } from "./RealmChild.ts";

/**
 * The process in which the realms run, one job at a time. The first job starts it. While it is
 * idle, it does not keep this process from exiting. It ends together with this process.
 *
 * It is a process and not a thread: if a big allocation (for example a growing Map) does not fit,
 * V8 ends the whole process, even if it happens in a thread that has its own memory limit.
 */
export class RealmProcess {
  readonly #memoryMb: number;
  readonly #inspect: InspectAddress | null;
  #child: RealmChild | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /**
   * `inspect` is the address for a debugger. If it is set, the process waits until one is attached.
   */
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
