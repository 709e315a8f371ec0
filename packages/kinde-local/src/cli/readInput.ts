import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { KindeError } from "../errors.ts";
import type { Env, EnvValue } from "../types.ts";

/** Standard input can be read once; `--watch` asks for it again at every run. */
let stdin: string | undefined;

/** The text of a file, or of stdin for "-". `what` names the option in the message. */
export function readText(path: string, what: string): string {
  try {
    if (path !== "-") return readFileSync(path, "utf8");
    stdin ??= readFileSync(0, "utf8");
    return stdin;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "BAD_INPUT",
      `Reading ${describe(path)} for ${what} failed: ${reason}. Name a file that can be read.`,
    );
  }
}

/** A JSON object from a file or stdin. */
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
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new KindeError("BAD_INPUT", `${describe(path)}, given with ${what}, holds no JSON object.`);
}

/** Names that are taken for secrets: their values are marked so, and shown nowhere. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL/i;

/** Kinde's environment variables from env files; the later file wins. */
export function readEnvFiles(paths: readonly string[]): Env {
  const env: Record<string, EnvValue> = {};
  for (const path of paths) {
    for (const [name, value = ""] of Object.entries(parseEnv(readText(path, "--env-file")))) {
      env[name] = { value, isSecret: SECRET_NAME.test(name) };
    }
  }
  return env;
}

function describe(path: string): string {
  return path === "-" ? "standard input" : path;
}
