import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Configuration files that influence how other files are read. They need not exist. */
const CONFIGS = ["package.json", "tsconfig.json", "kinde.json"];

/** A file's modification time may be some milliseconds behind the clock of this machine. */
const CLOCK_SKEW_MS = 20;

/**
 * Finds out, by sizes, modification times and inodes, whether an input of a bundle has changed. It
 * needs one `stat` for each input. Together they take some tenths of a millisecond.
 *
 * The inputs are known only after the build. If a file was saved shortly before the build began
 * (`since`, in milliseconds of the epoch) or later, the bundle may contain the old or the new
 * content. Such a bundle always counts as changed.
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

/**
 * Returns an empty string if no file exists at the path, or if it is a link to nothing or to
 * itself.
 */
function stamp(path: string): string {
  try {
    // Without throwing, because most configuration files do not exist, and an exception takes
    // several times as long as the call itself.
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : "";
  } catch {
    return "";
  }
}
