import type { Bundle } from "../bundle/bundleWorkflow.ts";
import { stopReasonOf } from "../events/stopReason.ts";
import { type LoadedWorkflow, workflowInfo } from "../project/loadWorkflow.ts";
import { locateCrash, locateError } from "../realm/parent/locateError.ts";
import type { JobResult } from "../realm/parent/RealmChild.ts";
import type { JournalEntry } from "../realm/protocol/messages.ts";
import type { Effects, Limits, LogEntry, Run, RunError, TokenClaims, Unknowns } from "../types.ts";
import { readEffects } from "./readEffects.ts";

export interface RunInputs {
  claims: TokenClaims;
  limits: Limits;
  unknowns: Unknowns;
}

const NO_EFFECTS: Effects = {
  accessDenied: null,
  mfaPolicy: null,
  ssoSessionPolicy: null,
  invalidFields: [],
  planSelectionDenied: null,
  planCancellationDenied: null,
};

/** Makes the run of a workflow that Sync code would refuse. */
export function failedRun(loaded: LoadedWorkflow, inputs: RunInputs): Run {
  const { stage, error } = loaded.failed as NonNullable<LoadedWorkflow["failed"]>;
  return {
    workflow: workflowInfo(loaded),
    stage,
    completed: false,
    claims: inputs.claims,
    logs: [],
    fetches: [],
    effects: NO_EFFECTS,
    error,
    ms: 0,
    limits: inputs.limits,
    goesOn: false,
    stoppedBy: "syncRefused",
  };
}

/** Makes a run from the report of the realms' process. */
export function toRun(
  loaded: LoadedWorkflow,
  bundle: Bundle,
  result: JobResult,
  inputs: RunInputs,
): Run {
  const { outcome, journal, fetches, ms } = result;
  const error = errorOf(outcome, loaded, bundle, inputs.limits);
  const completed = outcome.state === "fulfilled";
  const dropped = !completed && inputs.unknowns.interruptedClaims === "drop";
  const effects = readEffects(journal);
  const workflow = workflowInfo(loaded);
  const stoppedBy = stopReasonOf({ workflow, completed, effects });
  return {
    workflow,
    stage: "run",
    completed,
    claims: dropped ? inputs.claims : applyClaims(inputs.claims, journal),
    logs: journal.filter(isLog).map(({ value }): LogEntry => value),
    fetches,
    effects,
    error,
    ms,
    limits: inputs.limits,
    goesOn: stoppedBy === null,
    stoppedBy,
  };
}

function isLog(entry: JournalEntry): entry is Extract<JournalEntry, { kind: "log" }> {
  return entry.kind === "log";
}

function applyClaims(before: TokenClaims, journal: readonly JournalEntry[]): TokenClaims {
  const claims = structuredClone(before);
  for (const entry of journal) {
    if (entry.kind !== "claim") continue;
    const { token, claim, value } = entry.value;
    Object.defineProperty(claims[token], claim, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return claims;
}

function errorOf(
  outcome: JobResult["outcome"],
  loaded: LoadedWorkflow,
  bundle: Bundle,
  { timeMs, memoryMb }: Limits,
): RunError | null {
  const nowhere = { instead: null, subject: null, file: loaded.file, line: null, column: null };
  switch (outcome.state) {
    case "rejected":
    case "broken":
      return locateError(outcome.error, bundle, loaded.file);
    case "crashed":
      return locateCrash(outcome, bundle, loaded.file);
    case "timeout":
    case "stuck":
      return {
        code: "TIME_LIMIT",
        name: "TimeLimitError",
        message: `execution time exceeded: the run was still going after ${timeMs} ms. No catch and no finally ran.`,
        ...nowhere,
      };
    case "memory":
      return {
        code: "MEMORY_LIMIT",
        name: "MemoryLimitError",
        message: `the run needed more than ${memoryMb} MB of memory.`,
        ...nowhere,
      };
    case "pending":
      return {
        code: "NEVER_SETTLED",
        name: "NeverSettledError",
        message:
          "a promise never settled: the workflow awaits something that nothing will ever resolve (there are no timers and no events in Kinde's engine), so the run hangs past the time limit.",
        ...nowhere,
      };
    default:
      return null;
  }
}
