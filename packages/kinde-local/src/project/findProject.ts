import { type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { KindeError } from "../errors.ts";
import { readRegularFile, requireRegularFile } from "../readRegularFile.ts";

/** The workflows that are loaded and checked together. */
export type Project = KindeProject | SingleFile;

/** A folder with kinde.json. */
export interface KindeProject {
  /** Folder that holds kinde.json. */
  folder: string;
  singleFile: null;
  configFile: string;
  /** Absolute; `rootDir` of kinde.json, `kindeSrc` by default. */
  rootDir: string;
  /** Whether kinde.json turns the npm integration on, so that package.json decides the versions. */
  npmEnabled: boolean;
  version: string | null;
  /**
   * Why kinde.json could not be used; null if it could. Kinde does not report this, and uses the
   * defaults.
   */
  configProblem: string | null;
}

/** A workflow's file outside of any project, such as one that its author tries out. */
export interface SingleFile {
  /** Folder that holds the file. */
  folder: string;
  singleFile: string;
}

/**
 * Finds the project that `start` (a folder, or a file in it) belongs to. A file that belongs to no
 * project is loaded alone.
 *
 * @throws {KindeError} NO_PROJECT for a folder that does not exist, or without kinde.json in it or
 * above it; UNKNOWN_WORKFLOW for a .ts or .js file that does not exist, or for a file outside of
 * any project that does not end in .ts or .js
 */
export function findProject(start: string): Project {
  const path = resolve(start);
  if (!isFolder(path) && findUp(path) === null) {
    return { folder: dirname(path), singleFile: requireWorkflowName(path) };
  }
  return findKindeProject(path);
}

/** The file that a finding about the whole project names. */
export function mainFile(project: Project): string {
  if (project.singleFile !== null) return project.singleFile;
  return project.configFile;
}

/** Finds kinde.json in the folder `start` or above it, as Kinde's bundler does. */
export function findKindeProject(start: string): KindeProject {
  const configFile = findUp(resolve(start));
  if (configFile === null) {
    throw new KindeError(
      "NO_PROJECT",
      `Found no kinde.json in ${resolve(start)} or in a folder above it. Name the project's folder (--project DIR) or a workflow's file, or create kinde.json: {"version":"2024-12-09","rootDir":"kindeSrc"}`,
    );
  }
  const folder = dirname(configFile);
  const { config, problem } = readConfig(configFile);
  for (const name of ["tsconfig.json", "package.json"]) requireReadable(join(folder, name));
  const rootDir =
    typeof config.rootDir === "string" && config.rootDir ? config.rootDir : "kindeSrc";
  return {
    folder,
    singleFile: null,
    configFile,
    rootDir: join(folder, rootDir),
    npmEnabled: npmEnabled(config.integrations),
    version: typeof config.version === "string" ? config.version : null,
    configProblem: problem,
  };
}

function findUp(start: string): string | null {
  let folder = isFolder(start) ? start : dirname(start);
  for (;;) {
    const file = join(folder, "kinde.json");
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

function isFolder(path: string): boolean {
  const stat = attempt(path, () => statOf(path));
  if (stat) return stat.isDirectory();
  if (isSourceName(path)) {
    throw new KindeError("UNKNOWN_WORKFLOW", `The file ${path} does not exist. Check its path.`);
  }
  throw new KindeError("NO_PROJECT", `The project folder ${path} does not exist. Check --project.`);
}

/** Whether a path ends like the file of a workflow. Kinde accepts no other endings. */
export function isSourceName(path: string): boolean {
  return /\.[tj]s$/i.test(path);
}

function requireWorkflowName(file: string): string {
  if (isSourceName(file)) return file;
  throw new KindeError(
    "UNKNOWN_WORKFLOW",
    `The file ${file} cannot be a workflow: Kinde accepts only files that end in .ts or .js. Name the file of a workflow, or a folder with kinde.json.`,
  );
}

/**
 * Undefined if the path does not exist. Node 20 throws for a path below a file, later versions do
 * not.
 */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

function readConfig(file: string): { config: Record<string, unknown>; problem: string | null } {
  const text = attempt(file, () => readRegularFile(file));
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
      return { config: parsed as Record<string, unknown>, problem: null };
    }
    return { config: {}, problem: "it does not contain a JSON object" };
  } catch (error) {
    return { config: {}, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The bundler reads this file if it exists, so it must be a regular file. */
function requireReadable(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })) attempt(file, () => requireRegularFile(file));
}

function attempt<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new KindeError(
      "UNREADABLE",
      `Reading ${file.slice(0, 300)} failed: ${code?.startsWith("E") ? code : message}. Check the path and its permissions.`,
    );
  }
}

function npmEnabled(integrations: unknown): boolean {
  if (typeof integrations !== "object" || integrations === null) return false;
  const npm = (integrations as { npm?: unknown }).npm;
  return typeof npm === "object" && npm !== null && (npm as { enabled?: unknown }).enabled === true;
}
