import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * Returns the folder that holds kinde.json: `start`, or a folder above it. Null if there is no such
 * folder.
 */
export function projectFolder(start: string): string | null {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "kinde.json"))) return folder;
    if (folder === dirname(folder)) return null;
  }
}
