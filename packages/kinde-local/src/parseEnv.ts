import { parseEnv as parseLines } from "node:util";
import type { Env, EnvValue } from "./types.ts";

/** Names of variables that count as secrets. Their values are never shown. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL/i;

/** Reads Kinde's environment variables from the text of an env file. */
export function parseEnv(text: string): Env {
  const env: Record<string, EnvValue> = {};
  for (const [name, value = ""] of Object.entries(parseLines(text))) {
    env[name] = { value, isSecret: SECRET_NAME.test(name) };
  }
  return env;
}
