import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { RunError } from "../types.ts";
import type { BuildFailure, Message } from "./esbuild.ts";
import { type MissingImport, missingImport } from "./missingImport.ts";
import type { Target } from "./refusePackages.ts";

/** A reason why a file cannot be bundled. */
export interface BundleProblem {
  error: RunError;
  /** The import that failed; null if the build failed for another reason. */
  missing: MissingImport | null;
}

export type BundleProblems = readonly [BundleProblem, ...BundleProblem[]];

/** Returns every reason in an error of esbuild. Throws any other error again. */
export function buildProblems(
  error: unknown,
  folder: string,
  file: string,
  target: Target,
): BundleProblems {
  const [first, ...others] = (error as Partial<BuildFailure>).errors ?? [];
  if (!first) throw error;
  const problemOf = (message: Message): BundleProblem =>
    buildProblem(message, folder, file, target);
  return [problemOf(first), ...others.map(problemOf)];
}

function buildProblem(
  message: Message,
  folder: string,
  file: string,
  target: Target,
): BundleProblem {
  const { location, text } = message;
  const missing = missingImport(message, folder);
  // For a workflow file that cannot be read, esbuild reports that it cannot be resolved.
  const isEntry = missing?.name === basename(file);
  const failure =
    missing && !isEntry ? explain(text, missing, target) : { message: unreadable(file) ?? text };
  return {
    missing: isEntry ? null : missing,
    error: {
      ...{ code: "BUNDLE_FAILED", name: "BundleError", instead: null, subject: null },
      ...failure,
      file: location ? resolve(folder, location.file) : file,
      line: location?.line ?? null,
      column: location ? location.column + 1 : null,
    },
  };
}

function explain(
  text: string,
  { what, name, meant }: MissingImport,
  { name: target, packages, list }: Target,
): Pick<RunError, "message"> & Partial<RunError> {
  const hint = meant === null ? "" : ` Did you mean "${meant}"?`;
  if (what === "export") return { message: `${text}.${hint}` };
  if (what === "file") return { message: `${text}: the file does not exist.${hint}` };
  if (name.startsWith("node:")) return { message: `${text}: Kinde's engine has no Node modules.` };
  return {
    code: "PACKAGE_NOT_FOUND",
    message: `${text}: Kinde installs ${packages.length === 1 ? "one package" : "these packages"} for ${target}, ${list}; copy what you need from other packages into your own files.${hint}`,
    subject: name,
  };
}

function unreadable(file: string): string | null {
  try {
    readFileSync(file);
    return null;
  } catch (error) {
    return `Reading ${file} failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
