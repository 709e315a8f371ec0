import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folder that holds kinde.json; null when neither `start` nor a folder above it does. */
export function projectFolder(start: string): string | null {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "kinde.json"))) return folder;
    if (folder === dirname(folder)) return null;
  }
}
