import { type FSWatcher, watch } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Kinde } from "../createKinde.ts";
import { KindeError } from "../errors.ts";
import { isSourceName } from "../project/findProject.ts";
import { visible } from "../visible.ts";
import { SIGNALS } from "./endOnSignal.ts";
import { filesOfNetwork } from "./networkFlags.ts";
import type { RunFlags } from "./runOptions.ts";

/**
 * Editors write a file in several steps. Changes that follow each other within this time count as
 * one.
 */
const SETTLE_MS = 15;

/** A new file with such a name may be an import that was missing before. */
const SOURCE = /\.[cm]?[jt]sx?$/;

/**
 * Runs once, and again whenever an input file is saved. Ends at Ctrl-C. An error in a saved file is
 * reported and does not end the watch.
 */
export async function watchRuns(
  kinde: Kinde,
  flags: RunFlags,
  once: () => Promise<unknown>,
): Promise<number> {
  const watchers = new Map<string, FSWatcher>();
  const inputs = new Set<string>();
  const changes = new Changes();
  // This also ends a run that has not finished.
  const stop = (): void => {
    changes.end();
    void kinde.close();
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    do {
      await attempt(once, changes);
      if (changes.isOver) break;
      const files = await filesOf(kinde, flags);
      for (const file of files) inputs.add(file);
      for (const folder of new Set(files.map(dirname))) {
        if (watchers.has(folder)) continue;
        const isRelevant = (name: string) => SOURCE.test(name) || inputs.has(join(folder, name));
        watchers.set(folder, watchFolder(folder, changes, isRelevant));
      }
      process.stderr.write("watching for changes, Ctrl-C to stop\n");
    } while (await changes.next());
    return 0;
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}

/** Collects the changes since the last run. */
class Changes {
  #pending = false;
  #ended = false;
  #wake: (() => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  get isOver(): boolean {
    return this.#ended;
  }

  add(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pending = true;
      this.#wake?.();
    }, SETTLE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    this.#wake?.();
  }

  /** Resolves to true at the next change, and to false when the watch is over. */
  async next(): Promise<boolean> {
    if (!this.#pending && !this.#ended) {
      // The watchers do not keep Node alive, because they are not `persistent`.
      const alive = setInterval(() => {}, 1 << 30);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      clearInterval(alive);
    }
    this.#wake = null;
    this.#pending = false;
    return !this.#ended;
  }
}

async function attempt(once: () => Promise<unknown>, changes: Changes): Promise<void> {
  try {
    await once();
  } catch (error) {
    if (changes.isOver) return;
    if (!(error instanceof KindeError)) throw error;
    process.stderr.write(`kinde-local: ${visible(error.message)}\n`);
  }
}

async function filesOf(kinde: Kinde, flags: RunFlags): Promise<string[]> {
  const given = [
    ...[flags.event, flags.claims, flags.fault],
    ...(flags.env ?? []),
    ...filesOfNetwork(flags),
  ];
  const files = given.filter((path) => path !== undefined && path !== "-" && /[./]/.test(path));
  const start = isSourceName(flags.project) ? flags.project : join(flags.project, "kinde.json");
  const inputs = await kinde.inputs().catch(() => [start]);
  return [...files, ...inputs].map((path) => resolve(path as string));
}

/** Watches a folder. Ignores irrelevant files, such as one that the output is redirected to. */
function watchFolder(
  folder: string,
  changes: Changes,
  isRelevant: (name: string) => boolean,
): FSWatcher {
  const watcher = watch(folder, { persistent: false }, (_, name) => {
    if (name === null || isRelevant(name)) changes.add();
  });
  watcher.on("error", () => {});
  return watcher;
}
