import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/**
 * Reads one text file of a `.tar.gz`, without the program tar, which not every system has. In the
 * archive, each file is a header of one block, then the content, filled up to whole blocks.
 *
 * @throws Error if the archive cannot be read, or does not have the file
 */
export function readFromArchive(archive: string, file: string): string {
  const bytes = gunzipSync(readFileSync(archive));
  for (let start = 0; start + BLOCK <= bytes.length; ) {
    const field = (from: number, to: number) =>
      bytes.toString("latin1", start + from, start + to).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 136), 8) || 0;
    const content = start + BLOCK;
    if (field(0, 100) === file) return bytes.toString("utf8", content, content + size);
    start = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`the archive has no file ${file}`);
}
