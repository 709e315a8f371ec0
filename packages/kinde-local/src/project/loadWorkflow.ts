import type { BundleProblems } from "../bundle/buildError.ts";
import { type Bundle, bundleWorkflow } from "../bundle/bundleWorkflow.ts";
import { InputStamps } from "../bundle/InputStamps.ts";
import { refuseSyntax } from "../bundle/refuseSyntax.ts";
import { DEFAULT_UNKNOWNS } from "../defaults.ts";
import { locateCrash, locateError } from "../realm/parent/locateError.ts";
import { OFFLINE } from "../realm/parent/performFetch.ts";
import { program } from "../realm/parent/program.ts";
import type { RealmProcess } from "../realm/parent/RealmProcess.ts";
import { realmSetup } from "../realm/parent/realmSetup.ts";
import type { Crash, ExportProblem, Outcome } from "../realm/protocol/messages.ts";
import type { RunError, Stage, WorkflowInfo } from "../types.ts";
import type { Project } from "./findProject.ts";
import { readSettings, type Settings } from "./readSettings.ts";

/** One workflow file, loaded as far as Kinde's Sync code can load it. */
export interface LoadedWorkflow {
  file: string;
  /** Null if bundling failed. */
  bundle: Bundle | null;
  settings: Settings;
  /** Why the workflow cannot be run. Null if it can be run. */
  failed: {
    stage: Exclude<Stage, "run">;
    error: RunError;
    /** Every reason why bundling failed. The first is `error`. */
    problems?: BundleProblems;
  } | null;
  inputs: InputStamps;
}

/**
 * The time limit of introspection. Kinde's public runtime allows 30 s, which is too long to wait
 * for on your own machine.
 */
const INTROSPECT_LIMIT_MS = 3_000;

/**
 * Bundles a workflow, refuses syntax that the engine cannot read, and evaluates the file without
 * bindings.
 */
export async function loadWorkflow(
  file: string,
  project: Project,
  realms: RealmProcess,
): Promise<LoadedWorkflow> {
  const since = Date.now();
  const bundled = await bundleWorkflow(file, project.folder);
  const { bundle } = bundled;
  const inputs = new InputStamps([file, ...(bundle?.inputs ?? [])], project.folder, since);
  const loaded: LoadedWorkflow = {
    file,
    bundle,
    settings: readSettings(null),
    failed: null,
    inputs,
  };
  if (!bundle) {
    const { problems } = bundled;
    return { ...loaded, failed: { stage: "bundle", error: problems[0].error, problems } };
  }
  const refused = refuseSyntax(bundle);
  if (refused) return { ...loaded, failed: { stage: "introspect", error: refused } };
  const { outcome } = await realms.run(
    {
      kind: "introspect",
      ...program(bundle, file),
      setup: realmSetup(bundle, {}, {}, {}, {}, DEFAULT_UNKNOWNS),
      event: "null",
      timeMs: INTROSPECT_LIMIT_MS,
      inspect: false,
    },
    OFFLINE,
  );
  if (outcome.state === "introspected") {
    loaded.settings = readSettings(outcome.settings, outcome.bindings);
    if (outcome.problem === null) return loaded;
    const error = exportError(outcome.problem, file);
    return { ...loaded, failed: { stage: "introspect", error } };
  }
  return {
    ...loaded,
    failed: { stage: "introspect", error: introspectError(outcome, bundle, file) },
  };
}

function introspectError(
  outcome: Outcome | Crash | { state: "memory" } | { state: "stuck" },
  bundle: Bundle,
  file: string,
): RunError {
  if (outcome.state === "crashed") return locateCrash(outcome, bundle, file);
  if (outcome.state === "broken") return locateError(outcome.error, bundle, file);
  const message =
    outcome.state === "memory"
      ? "Reading workflowSettings ran out of memory: the top level of the file allocates without end."
      : "Reading workflowSettings did not end: the top level of the file loops without end.";
  return {
    ...{ code: "TOP_LEVEL_INTERRUPTED", name: "InterruptedError", message, instead: null },
    ...{ subject: null, file, line: null, column: null },
  };
}

const INSTEAD: Record<ExportProblem["code"], string> = {
  NO_DEFAULT_EXPORT: "Write `export default async function workflow(event) { … }`.",
  SETTINGS_SHAPE:
    'workflowSettings has to be a plain object: write `export const workflowSettings = { id: "…", … }`.',
};

function exportError({ code, text }: ExportProblem, file: string): RunError {
  return {
    ...{ code, name: "Error", message: `${text}.`, instead: INSTEAD[code], subject: null },
    ...{ file, line: null, column: null },
  };
}

/** Returns what is known about a workflow without running it. */
export function workflowInfo({ file, settings }: LoadedWorkflow): WorkflowInfo {
  const { id, trigger, failurePolicy } = settings;
  return { id, trigger, file, failurePolicy };
}
