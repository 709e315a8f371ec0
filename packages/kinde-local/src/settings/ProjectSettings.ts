import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputStamps } from "../bundle/InputStamps.ts";
import { didYouMean } from "../closest.ts";
import { KindeError } from "../errors.ts";
import { parseEnv } from "../parseEnv.ts";
import { readRegularFile } from "../readRegularFile.ts";
import type { Answers, Env, Limits, Unknowns } from "../types.ts";
import type { WorkflowConfig } from "./Config.ts";
import { CONFIG_NAMES, type ReadConfig, readConfig } from "./readConfig.ts";

/** The settings of one workflow, from the settings file. */
export interface OwnSettings {
  env: Env;
  /** First the general limits, then those of the workflow. Later ones win. */
  limits: (Partial<Limits> | undefined)[];
  unknowns: (Partial<Unknowns> | undefined)[];
  /** The answers of the workflow come first. The first that matches is used. */
  answers: Answers;
}

const NONE: OwnSettings = { env: {}, limits: [], unknowns: [], answers: {} };

/**
 * The settings file of one project. It is read again after a change of this file, or of a file that
 * it imports.
 */
export class ProjectSettings {
  readonly #folder: () => string | null;
  #known: { read: ReadConfig; stamps: InputStamps } | null = null;

  /**
   * `folder` returns the folder that holds kinde.json. If it returns null, there are no settings.
   */
  constructor(folder: () => string | null) {
    this.#folder = folder;
  }

  async of(id: string): Promise<OwnSettings> {
    const read = await this.#read();
    if (read === null) return NONE;
    const parts = [read.config, ownPart(read, id)];
    const files = parts.flatMap((part) => envFiles(read, part));
    return {
      env: Object.assign({}, ...files.map(readEnv)),
      limits: parts.map(({ limits }) => limits),
      unknowns: parts.map(({ unknowns }) => unknowns),
      answers: mergeAnswers(read, parts.toReversed()),
    };
  }

  /**
   * Returns the variables of the whole project and of all its workflows, for `check`. A file that
   * is missing (such as `.env` on a build machine) is left out.
   */
  async allVariables(): Promise<{ env: Env; file: string } | null> {
    const files = (await this.#allEnvFiles()).filter((file) => existsSync(file));
    if (files.length === 0) return null;
    return { env: Object.assign({}, ...files.map(readEnv)), file: files.at(-1) ?? "" };
  }

  /**
   * Returns the variables of all env files, for redaction. Each key contains the file, because two
   * workflows may have different values for one name.
   */
  async allSecrets(): Promise<Env> {
    const files = (await this.#allEnvFiles()).filter((file) => existsSync(file));
    return Object.fromEntries(
      files.flatMap((file) =>
        Object.entries(readEnv(file)).map(([name, value]) => [`${file} ${name}`, value]),
      ),
    );
  }

  /** @throws {KindeError} BAD_INPUT if the file names a workflow that the project does not have */
  async refuseUnknownWorkflows(ids: readonly string[]): Promise<void> {
    const read = await this.#read();
    const wrong = Object.keys(read?.config.workflows ?? {}).find((id) => !ids.includes(id));
    if (wrong === undefined || read === null) return;
    throw new KindeError(
      "BAD_INPUT",
      `${read.file}: workflows.${wrong} is not a workflow of the project. ${didYouMean(wrong, ids)}It has: ${ids.join(", ")}.`,
    );
  }

  /** Returns the files to watch, whether they exist or not. */
  async inputs(): Promise<string[]> {
    const folder = this.#folder();
    if (folder === null) return [];
    const candidates = CONFIG_NAMES.map((name) => join(folder, name));
    const read = await this.#read().catch(() => null);
    if (read === null) return candidates;
    return [...candidates, ...read.inputs, ...(await this.#allEnvFiles()), ...answerFiles(read)];
  }

  async #read(): Promise<ReadConfig | null> {
    if (this.#known?.stamps.areCurrent()) return this.#known.read;
    const folder = this.#folder();
    if (folder === null) return null;
    const since = Date.now();
    const read = await readConfig(folder);
    this.#known = read && { read, stamps: new InputStamps(read.inputs, folder, since) };
    return read;
  }

  async #allEnvFiles(): Promise<string[]> {
    const read = await this.#read();
    if (read === null) return [];
    const parts = [read.config, ...Object.values(read.config.workflows ?? {})];
    return parts.flatMap((part) => envFiles(read, part));
  }
}

function answerFiles(read: ReadConfig): string[] {
  const parts = [read.config, ...Object.values(read.config.workflows ?? {})];
  const answers = parts.flatMap((part) => Object.values(mergeAnswers(read, [part])));
  return answers.flatMap(({ file }) => file ?? []);
}

function envFiles({ file }: ReadConfig, { envFile = [] }: WorkflowConfig): string[] {
  const names = typeof envFile === "string" ? [envFile] : envFile;
  return names.map((name) => resolve(dirname(file), name));
}

/**
 * Merges the answers. If two have the same key, the first is used. Paths start at the folder of the
 * settings file.
 */
function mergeAnswers({ file }: ReadConfig, parts: readonly WorkflowConfig[]): Answers {
  const merged = new Map<string, Answers[string]>();
  for (const [key, answer] of parts.flatMap(({ answers = {} }) => Object.entries(answers))) {
    const body = answer.file === undefined ? {} : { file: resolve(dirname(file), answer.file) };
    if (!merged.has(key)) merged.set(key, { ...answer, ...body });
  }
  return Object.fromEntries(merged);
}

function ownPart({ config }: ReadConfig, id: string): WorkflowConfig {
  const { workflows = {} } = config;
  return (Object.hasOwn(workflows, id) ? workflows[id] : undefined) ?? {};
}

function readEnv(file: string): Env {
  try {
    return parseEnv(readRegularFile(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "BAD_INPUT",
      `Reading ${file} failed: ${reason}. The setting envFile names this file. Create the file, or change envFile.`,
    );
  }
}
