import type { Answers, Limits, Unknowns } from "../types.ts";

/** Settings that the whole project and each workflow can have. */
export interface WorkflowConfig {
  /** Files with Kinde's environment variables. Paths start at the folder of the settings file. */
  envFile?: string | readonly string[];
  unknowns?: Partial<Unknowns>;
  limits?: Partial<Limits>;
  /** What answers requests. The path of a `file` starts at the folder of the settings file. */
  answers?: Answers;
}

/**
 * The content of the settings file next to kinde.json: `kinde-local.config.ts` or
 * `kinde-local.config.json`.
 */
export interface Config extends WorkflowConfig {
  $schema?: string;
  /** Settings by workflow id. They win over the general settings. */
  workflows?: Readonly<Record<string, WorkflowConfig>>;
}

/**
 * Types the default export of `kinde-local.config.ts`. It returns its argument.
 *
 * @example
 * ```ts
 * import { defineConfig } from "kinde-local";
 *
 * export default defineConfig({
 *   envFile: ".env",
 *   workflows: { plan: { limits: { timeMs: 2_000 } } },
 * });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
