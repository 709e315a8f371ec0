import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository's folder. */
export const ROOT = resolve(import.meta.dirname, "../../..");

/** Git's own folder and what git ignores. */
const IGNORED = new Set([
  ".git",
  "node_modules",
  "dist",
  ".next",
  ".svelte-kit",
  "build",
  "coverage",
  ".temp",
  ".branches",
  ".env",
  "signing-key.json",
]);

/** Every file of the repository, as an absolute path. Works without git, too, as in an archive. */
export function filesOf(folder: string = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : entry.isFile() ? [path] : [];
  });
}

/** The text of a file, or null if it is not text. */
export function textOf(file: string): string | null {
  const bytes = readFileSync(file);
  return bytes.includes(0) ? null : bytes.toString("utf8");
}
