import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import type { FetchEntry } from "../../types.ts";
import { encodeFrame, FrameReader } from "../protocol/messageFraming.ts";
import {
  type Crash,
  type FetchRequest,
  INSPECTOR_EXIT_CODE,
  INTERRUPTED_EXIT_CODE,
  type Job,
  type JournalEntry,
  type Outcome,
  type RealmArguments,
  type ToParent,
} from "../protocol/messages.ts";
import type { InspectAddress } from "./inspectAddress.ts";
import { type Network, performFetch } from "./performFetch.ts";
import { lost, portTaken } from "./realmErrors.ts";
import { watchMemory } from "./watchMemory.ts";

export interface JobResult {
  outcome: Outcome | Crash | { state: "memory" } | { state: "stuck" };
  journal: JournalEntry[];
  fetches: FetchEntry[];
  ms: number;
}

/**
 * How many entries of one kind are kept. More are dropped, so that a workflow that logs without end
 * does not fill the memory.
 */
const MAX_ENTRIES = 10_000;
/**
 * After the time limit, the realm's code is stopped at its next step. A process that has not
 * stopped after this further time is killed.
 */
const GRACE_MS = 2_000;
/** Starting a process takes 0.1 s on an idle machine, and many seconds on a busy one. */
const START_LIMIT_MS = 60_000;

/** One child process, from its start to its end. */
export class RealmChild {
  readonly process: ChildProcess;
  readonly #memoryMb: number;
  readonly #inspect: InspectAddress | null;
  readonly #reader = new FrameReader();
  isLost = false;

  get isGone(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  constructor(memoryMb: number, inspect: InspectAddress | null) {
    this.#memoryMb = memoryMb;
    this.#inspect = inspect;
    const script = fileURLToPath(new URL("./realm.js", import.meta.url));
    const flags = [`--max-old-space-size=${memoryMb}`, ...deepStack()];
    const args: RealmArguments = [`${process.pid}`];
    if (inspect) args.push(inspect.host, `${inspect.port}`);
    this.process = spawn(process.execPath, [...flags, script, ...(args as string[])], {
      cwd: tmpdir(),
      env: process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {},
      stdio: ["pipe", "pipe", inspect === null ? "ignore" : "inherit"],
      windowsHide: true,
    });
    this.process.stdin?.on("error", () => {});
    this.#keepAlive(false);
  }

  perform(job: Job, network: Network): Promise<JobResult> {
    let begun: number | null = null;
    const journal: JournalEntry[] = [];
    const fetches: FetchEntry[] = [];
    const counts = { log: 0, claim: 0, effect: 0 };
    this.#keepAlive(true);
    return new Promise((resolve, reject) => {
      let watch: NodeJS.Timeout | undefined;
      const memory = watchMemory(this.process.pid, this.#memoryMb, () => stop({ state: "memory" }));
      const elapsed = (): number => (begun === null ? 0 : performance.now() - begun);
      const settle = (outcome: JobResult["outcome"], ms = elapsed()): void => {
        clearTimeout(watch);
        memory.stop();
        this.process.stdout?.off("data", onData);
        this.process.off("close", onClose).off("error", onError);
        this.#keepAlive(false);
        resolve({ outcome, journal, fetches, ms });
      };
      const stop = (outcome: JobResult["outcome"]): void => {
        this.isLost = true;
        this.process.kill("SIGKILL");
        settle(outcome);
      };
      const guard = (): void => {
        if (job.timeMs === 0) return;
        clearTimeout(watch);
        const left = Math.max(0, job.timeMs - elapsed());
        watch = setTimeout(() => stop({ state: "stuck" }), left + GRACE_MS);
      };
      const answer = async (request: FetchRequest): Promise<void> => {
        clearTimeout(watch);
        const { answer, entry } = await performFetch(request, network);
        fetches.push(entry);
        guard();
        this.process.stdin?.write(encodeFrame(JSON.stringify(answer)));
      };
      const receive = (message: ToParent): void => {
        if (message.type === "done") settle(message.outcome, message.ms);
        else if (message.type === "begun") {
          begun = performance.now();
          guard();
        } else if (message.type === "crash") {
          stop({ state: "crashed", what: message.what, stack: message.stack });
        } else if (message.type === "fetch") void answer(JSON.parse(message.request));
        else if (counts[message.kind]++ < MAX_ENTRIES) {
          journal.push({ kind: message.kind, value: JSON.parse(message.json) } as JournalEntry);
        }
      };
      const onData = (chunk: Buffer): void => {
        for (const message of this.#reader.push(chunk)) receive(message as ToParent);
      };
      // "close" instead of "exit": at "exit", some of the process's output may still be unread.
      const onClose = (code: number | null, signal: NodeJS.Signals | null): void => {
        this.isLost = true;
        // V8 aborts when it has no memory left (on systems without signals, the exit code is 134).
        if (/SIG(ABRT|TRAP|ILL|SEGV)/.test(signal ?? "") || code === 134) {
          settle({ state: "memory" });
          return;
        }
        if (code === INTERRUPTED_EXIT_CODE) {
          settle({ state: "timeout" });
          return;
        }
        if (code === INSPECTOR_EXIT_CODE && this.#inspect) {
          reject(portTaken(this.#inspect));
        } else {
          reject(lost(signal ? `it was ended by ${signal}` : `it exited with code ${code}`));
        }
        settle({ state: "stuck" });
      };
      const onError = (error: Error): void => {
        this.isLost = true;
        reject(lost(error.message));
        settle({ state: "stuck" });
      };
      this.process.stdout?.on("data", onData);
      this.process.on("close", onClose).on("error", onError);
      if (job.timeMs > 0) {
        watch = setTimeout(() => {
          reject(lost(`it did not begin to work within ${START_LIMIT_MS / 1000} s`));
          stop({ state: "stuck" });
        }, START_LIMIT_MS);
      }
      this.process.stdin?.write(encodeFrame(job));
    });
  }

  /** The child keeps this process from exiting only while a job is running. */
  #keepAlive(yes: boolean): void {
    const call = yes ? "ref" : "unref";
    this.process[call]();
    for (const stream of [this.process.stdin, this.process.stdout])
      (stream as Socket | null)?.[call]();
  }
}

/** Kinde's engine recurses far deeper than V8 does by default; Windows gives a thread only 1 MB. */
function deepStack(): string[] {
  return process.platform === "win32" ? [] : ["--stack-size=3900"];
}
