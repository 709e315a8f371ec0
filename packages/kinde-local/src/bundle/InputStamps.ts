import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Configuration files that decide how other files are read. They need not exist. */
const CONFIGS = ["package.json", "tsconfig.json", "kinde.json"];

/** File systems stamp with a clock that may be some milliseconds behind. */
const CLOCK_SKEW_MS = 20;

/**
 * Finds out from sizes and times of change whether an input of a bundle has changed. It takes one
 * `stat` for each input, some tenths of a millisecond.
 *
 * The inputs are known only after the bundle, so a file that was saved about when the build began
 * (`since`, milliseconds of the epoch) may be in it or not: such a bundle is never current.
 */
export class InputStamps {
  readonly #stamps: Map<string, string>;
  readonly #isSettled: boolean;

  constructor(inputs: readonly string[], projectFolder: string, since: number) {
    const configs = configsAbove(inputs[0] ?? projectFolder, projectFolder);
    const paths = [...inputs, ...configs];
    this.#stamps = new Map(paths.map((path) => [path, stamp(path)]));
    this.#isSettled = [...this.#stamps.values()].every(
      (text) => changedAt(text) < since - CLOCK_SKEW_MS,
    );
  }

  get paths(): string[] {
    return [...this.#stamps.keys()];
  }

  areCurrent(): boolean {
    if (!this.#isSettled) return false;
    for (const [path, known] of this.#stamps) if (stamp(path) !== known) return false;
    return true;
  }
}

function configsAbove(file: string, top: string): string[] {
  const configs: string[] = [];
  for (let folder = dirname(file); folder.startsWith(top); folder = dirname(folder)) {
    for (const name of CONFIGS) configs.push(join(folder, name));
    if (folder === dirname(folder)) break;
  }
  return configs;
}

function changedAt(stamp: string): number {
  return Number(stamp.split(" ")[0]);
}

/** Empty if the path has no file, or is a link that leads nowhere or to itself. */
function stamp(path: string): string {
  try {
    // Most configuration files do not exist, and an exception takes several times as long as the
    // look.
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : "";
  } catch {
    return "";
  }
}
