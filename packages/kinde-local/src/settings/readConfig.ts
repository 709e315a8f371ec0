import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import schema from "../../schema/config.schema.json" with { type: "json" };
import { KindeError } from "../errors.ts";
import { readRegularFile } from "../readRegularFile.ts";
import type { Config } from "./Config.ts";
import { evaluateConfig } from "./evaluateConfig.ts";
import { findProblem, type Schema } from "./findProblem.ts";

export const CONFIG_NAMES = ["kinde-local.config.ts", "kinde-local.config.json"] as const;

export interface ReadConfig {
  file: string;
  config: Config;
  /** The absolute path of every file that the settings were made of. */
  inputs: string[];
}

/**
 * Reads the settings next to kinde.json. Null if the project has no settings file.
 *
 * @throws {KindeError} BAD_INPUT if there are two settings files, if the file cannot be read or has
 * no default export, or if a setting in it has a wrong name or value
 */
export async function readConfig(folder: string): Promise<ReadConfig | null> {
  const files = CONFIG_NAMES.map((name) => join(folder, name)).filter((file) => existsSync(file));
  const [file, second] = files;
  if (file === undefined) return null;
  if (second !== undefined) {
    throw new KindeError(
      "BAD_INPUT",
      `${folder} holds ${CONFIG_NAMES.join(" and ")}. Keep one of them and remove the other.`,
    );
  }
  const { value, inputs } = file.endsWith(".json")
    ? { value: parseJson(file), inputs: [file] }
    : await evaluateConfig(file);
  if (value === undefined) {
    throw new KindeError(
      "BAD_INPUT",
      `${file} has no default export. Write \`export default defineConfig({ … })\`.`,
    );
  }
  const problem = findProblem(value, schema as Schema);
  if (problem !== null) throw new KindeError("BAD_INPUT", `${file}: ${problem}`);
  return { file, config: value as Config, inputs: inputs.map((path) => resolve(folder, path)) };
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readRegularFile(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError("BAD_INPUT", `${file} cannot be read as JSON: ${reason}. Fix the file.`);
  }
}
