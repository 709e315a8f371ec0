import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { KindeError } from "../errors.ts";
import { readRegularFile, requireRegularFile } from "../readRegularFile.ts";

export interface Project {
  /** Folder that holds kinde.json. */
  folder: string;
  configFile: string;
  /** Absolute; `rootDir` of kinde.json, `kindeSrc` by default. */
  rootDir: string;
  /** kinde.json names the npm integration, so that package.json decides the versions. */
  npmEnabled: boolean;
  version: string | null;
  /** Why kinde.json could not be used; Kinde swallows this and takes the defaults. */
  configProblem: string | null;
}

/**
 * The project that `start` (a folder, or a file in it) belongs to: kinde.json is found by walking
 * up, as Kinde's bundler does.
 */
export function findProject(start: string): Project {
  const configFile = findUp(resolve(start));
  if (configFile === null) {
    throw new KindeError(
      "NO_PROJECT",
      `Looked for kinde.json in ${resolve(start)} and every folder above it, and there is none. Name the project's folder (--project DIR), or create kinde.json: {"version":"2024-12-09","rootDir":"kindeSrc"}`,
    );
  }
  const folder = dirname(configFile);
  const { config, problem } = readConfig(configFile);
  for (const name of ["tsconfig.json", "package.json"]) requireReadable(join(folder, name));
  const rootDir =
    typeof config.rootDir === "string" && config.rootDir ? config.rootDir : "kindeSrc";
  return {
    folder,
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
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat) return stat.isDirectory();
  throw new KindeError("NO_PROJECT", `The project folder ${path} does not exist. Check --project.`);
}

function readConfig(file: string): { config: Record<string, unknown>; problem: string | null } {
  const text = attempt(file, () => readRegularFile(file));
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
      return { config: parsed as Record<string, unknown>, problem: null };
    }
    return { config: {}, problem: "it holds no JSON object" };
  } catch (error) {
    return { config: {}, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The bundler reads it, wherever it is; what is there must be a regular file. */
function requireReadable(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })) attempt(file, () => requireRegularFile(file));
}

function attempt<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "UNREADABLE",
      `Reading ${file} failed: ${reason}. Check the file and its permissions.`,
    );
  }
}

function npmEnabled(integrations: unknown): boolean {
  if (typeof integrations !== "object" || integrations === null) return false;
  const npm = (integrations as { npm?: unknown }).npm;
  return typeof npm === "object" && npm !== null && (npm as { enabled?: unknown }).enabled === true;
}
