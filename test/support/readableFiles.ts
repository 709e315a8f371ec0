import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ENTER_AS_OTHER = 0o001;
const READ_AS_OTHER = 0o004;
/** Settings and profiles are far smaller. Reading a database's files would take too long. */
const LARGEST_BYTES = 200_000;

/**
 * Finds the temporary files that contain one of the texts and that every user of this machine can
 * read.
 *
 * @param since only entries of the temporary folder that changed after this time, in milliseconds
 */
export function readableFilesWith(texts: readonly string[], since: number): string[] {
  return readdirSync(tmpdir())
    .map((name) => join(tmpdir(), name))
    .filter((path) => (statOf(path)?.mtimeMs ?? 0) >= since)
    .flatMap(readableFiles)
    .filter((path) => {
      const content = contentOf(path);
      return texts.some((text) => content.includes(text));
    });
}

function readableFiles(path: string): string[] {
  const stat = statOf(path);
  if (stat === undefined) return [];
  if (stat.isDirectory()) {
    if (!(stat.mode & ENTER_AS_OTHER)) return [];
    return readdirSync(path).flatMap((name) => readableFiles(join(path, name)));
  }
  return stat.isFile() && stat.mode & READ_AS_OTHER && stat.size < LARGEST_BYTES ? [path] : [];
}

/** Undefined if the file was deleted meanwhile. */
function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
