import type { Json, JsonObject, LogLevel, TokenName } from "../../types.ts";

/**
 * The process of the realms ended itself, because the time limit was reached while it was reading
 * or writing a message.
 */
export const INTERRUPTED_EXIT_CODE = 3;
/**
 * The run reached code that crashes Kinde's engine. Before it ended, the process sent a message
 * that says so.
 */
export const CRASHED_EXIT_CODE = 4;
/** The process could not open the port for the debugger. (Node uses the same exit code.) */
export const INSPECTOR_EXIT_CODE = 12;

/**
 * The arguments of the realms' process: the id of its parent, then host and port for a debugger.
 */
export type RealmArguments = [parent: string, host?: string, port?: string];

/**
 * A job, sent by the process that called `run` to the process of the realms. There is only one job
 * at a time.
 */
export interface Job {
  kind: "introspect" | "run";
  code: string;
  /** Identifies the code, so that the same code is compiled only once. */
  hash: string;
  filename: string;
  /** The realm's Setup as JSON. */
  setup: string;
  /** The event as JSON. */
  event: string;
  /** The time limit in milliseconds. 0 means no limit. */
  timeMs: number;
  /** Whether a debugger is attached. If so, the run pauses before it calls the workflow. */
  inspect: boolean;
}

/** What the process of the realms reports during a run, in the order in which it happened. */
export type JournalEntry =
  | { kind: "log"; value: { level: LogLevel; arguments: Json[] } }
  | { kind: "claim"; value: { token: TokenName; claim: string; value: Json } }
  | { kind: "effect"; value: { name: string; values: Json[] } };

export type ToParent =
  /** The realm is ready and the workflow's code begins. The time limit counts from this message. */
  | { type: "begun" }
  | { type: "journal"; kind: JournalEntry["kind"]; json: string }
  | { type: "fetch"; request: string }
  | { type: "crash"; what: string; stack: string }
  | { type: "done"; outcome: Outcome; ms: number };

export interface ThrownError {
  name: string;
  message: string;
  stack: string;
}

export interface Introspected {
  settings: JsonObject | null;
  /** The bindings as JSON. Null if they cannot be written as JSON. */
  bindings: string | null;
  problem: ExportProblem | null;
}

/** Why the exports of a workflow cannot be used. */
export interface ExportProblem {
  code: "NO_DEFAULT_EXPORT" | "SETTINGS_SHAPE";
  /** The engine's message. */
  text: string;
}

/** A run that crashed. `what` is the code that caused the crash, and `stack` shows where. */
export interface Crash {
  state: "crashed";
  what: string;
  stack: string;
}

export type Outcome =
  | ({ state: "introspected" } & Introspected)
  | { state: "fulfilled" }
  | { state: "pending" }
  | { state: "timeout" }
  | { state: "rejected"; error: ThrownError }
  /** Evaluating the bundle failed. */
  | { state: "broken"; error: ThrownError };

/** A request of `kinde.fetch`. `FetchAnswer` is its answer. */
export interface FetchRequest {
  native: "fetch" | "secureFetch";
  method: string;
  url: string;
  headers: [string, string][];
  body: string | null;
  form: boolean;
}

export interface FetchAnswer {
  text?: string;
  error?: string;
  invalidJson?: "throw" | "null";
}
