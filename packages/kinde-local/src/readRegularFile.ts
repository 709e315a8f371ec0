import { readFileSync, statSync } from "node:fs";

/**
 * The size limit for source files, events, env files and other inputs. A workflow that Kinde can
 * run is much smaller.
 */
export const MAX_FILE_BYTES = 25_000_000;

/** Thrown for a file that cannot be read, is not a regular file, or is too large. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
}

/**
 * Refuses what is not a regular file: reading a named pipe waits for a writer, and /dev/zero has no
 * end. Also refuses files that are too large.
 *
 * @throws {UnreadableFile} with the reason, such as "it is a folder"
 */
export function requireRegularFile(path: string): void {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(path);
  } catch (error) {
    throw new UnreadableFile(error instanceof Error ? error.message : String(error));
  }
  if (!stat.isFile()) throw new UnreadableFile(`it is ${kindOf(stat)}, not a regular file`);
  if (stat.size > MAX_FILE_BYTES) {
    const [size, most] = [stat.size, MAX_FILE_BYTES].map((bytes) => Math.ceil(bytes / 1e6));
    throw new UnreadableFile(`it has ${size} MB, and kinde-local reads files of up to ${most} MB`);
  }
}

/** Returns the text of a regular file. @throws {UnreadableFile} */
export function readRegularFile(path: string): string {
  requireRegularFile(path);
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UnreadableFile(error instanceof Error ? error.message : String(error));
  }
}

function kindOf(stat: ReturnType<typeof statSync> & object): string {
  if (stat.isDirectory()) return "a folder";
  if (stat.isFIFO()) return "a named pipe";
  if (stat.isSocket()) return "a socket";
  return "a device";
}
