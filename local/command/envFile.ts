import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { UsageError } from "./errors.ts";

/**
 * The variables that a command reads its settings from: the file if one is named, otherwise the
 * environment. The two are never mixed, so that no key is sent to another project's URL.
 *
 * @throws UsageError if the file cannot be read
 */
export function readVariables(envFile: string | undefined): NodeJS.Dict<string> {
  if (envFile === undefined) return process.env;
  try {
    return parseEnv(readFileSync(envFile, "utf8"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new UsageError(`The --env-file ${envFile} cannot be read (${code}). Is the path right?`);
  }
}
