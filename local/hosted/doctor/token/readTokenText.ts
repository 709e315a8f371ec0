import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../../../command/errors.ts";

const LARGEST_BYTES = 100_000;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Finds the token that `--token` means: the token itself, a file that holds it, or `-` for standard
 * input. A file may hold the token alone, `Bearer <token>`, or JSON with `access_token`.
 *
 * @throws UsageError
 */
export function readTokenText(argument: string): string {
  const given = argument.trim().replace(/^Bearer\s+/i, "");
  if (JWT.test(given) && given.startsWith("eyJ")) return given;
  const text = readText(argument).trim();
  return (accessTokenIn(text) ?? text).replace(/^Bearer\s+/i, "");
}

function readText(file: string): string {
  const name = file === "-" ? "standard input" : `the file of --token`;
  try {
    const path = file === "-" ? 0 : file;
    if (path !== 0 && statSync(path).size > LARGEST_BYTES) {
      throw new UsageError(`${name} has more than ${LARGEST_BYTES} bytes, so it is not a token.`);
    }
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new UsageError(
      `${name} cannot be read (${code}). Name a file that holds an access token, or - for standard input.`,
    );
  }
}

function accessTokenIn(text: string): string | undefined {
  try {
    const { access_token } = JSON.parse(text) as { access_token?: unknown };
    return typeof access_token === "string" ? access_token : undefined;
  } catch {
    return undefined;
  }
}
