import { closeSync, openSync, readSync } from "node:fs";
import { KindeError } from "../errors.ts";
import { parseEnv } from "../parseEnv.ts";
import { MAX_FILE_BYTES, readRegularFile, UnreadableFile } from "../readRegularFile.ts";
import type { Env } from "../types.ts";

/**
 * The text of standard input, which can be read only once. `--watch` needs it again for every run.
 */
let stdin: string | undefined;

/**
 * Paths that a shell passes for `<(command)`, and other files that end although they are not
 * regular.
 */
const PASSED_BY_SHELL = /^\/(?:dev\/(?:fd\/\d+|stdin|null)|proc\/self\/fd\/\d+)$/;

/** The most levels of a JSON file. Kinde's events have at most 4. */
const MAX_DEPTH = 200;

/**
 * Reads the text of a file, or of stdin for "-". The message of an error names the option `what`.
 */
export function readText(path: string, what: string): string {
  try {
    if (path !== "-") {
      return PASSED_BY_SHELL.test(path) ? readToLimit(path) : readRegularFile(path);
    }
    stdin ??= readToLimit(0);
    return stdin;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "BAD_INPUT",
      `Reading ${describe(path)} for ${what} failed: ${reason}. Name a file that can be read.`,
    );
  }
}

/** Reads the whole text. Throws if it does not end within the limit. */
function readToLimit(source: string | number): string {
  const file = typeof source === "number" ? source : openSync(source, "r");
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= MAX_FILE_BYTES; ) {
      const chunk = Buffer.allocUnsafe(65_536);
      const count = readSync(file, chunk);
      if (count === 0) return Buffer.concat(chunks).toString("utf8");
      chunks.push(chunk.subarray(0, count));
      size += count;
    }
  } finally {
    if (file !== source) closeSync(file);
  }
  throw new UnreadableFile(`it does not end within ${MAX_FILE_BYTES / 1e6} MB`);
}

/** Reads a JSON object from a file or stdin. */
export function readJsonObject(path: string, what: string): Record<string, unknown> {
  const text = readText(path, what);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "BAD_INPUT",
      `${describe(path)}, given with ${what}, is not JSON: ${reason}.`,
    );
  }
  if (depthOf(text) > MAX_DEPTH) {
    throw new KindeError(
      "BAD_INPUT",
      `${describe(path)}, given with ${what}, is nested more than ${MAX_DEPTH} levels deep. Remove levels from it.`,
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new KindeError(
    "BAD_INPUT",
    `${describe(path)}, given with ${what}, holds JSON that is not an object. Write an object, such as {}.`,
  );
}

/** Counts the levels of nested lists and objects in a JSON text. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let isInText = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (isInText && char === "\\") i++;
    else if (char === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (char === "[" || char === "{") deepest = Math.max(deepest, ++depth);
    else if (char === "]" || char === "}") depth--;
  }
  return deepest;
}

/** Reads Kinde's environment variables from env files. A later file wins. */
export function readEnvFiles(paths: readonly string[]): Env {
  return Object.assign({}, ...paths.map((path) => parseEnv(readText(path, "--env"))));
}

function describe(path: string): string {
  return path === "-" ? "standard input" : path;
}
