import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files that decide how others are read. They need not exist. */
const CONFIGS = ["package.json", "tsconfig.json", "kinde.json"];

/**
 * Tells whether anything a bundle was made of has changed, from sizes and times of change. Costs a
 * `stat` for each input, some tenths of a millisecond.
 */
export class InputStamps {
  readonly #stamps: Map<string, string>;

  constructor(inputs: readonly string[], projectFolder: string) {
    const configs = configsAbove(inputs[0] ?? projectFolder, projectFolder);
    this.#stamps = new Map([...inputs, ...configs].map((path) => [path, stamp(path)]));
  }

  get paths(): string[] {
    return [...this.#stamps.keys()];
  }

  areCurrent(): boolean {
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

/** Empty when there is nothing to be read (no file, a link that leads nowhere or to itself). */
function stamp(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "";
  }
}
