import type { Json, JsonObject, LogLevel, TokenName } from "../../types.ts";

/** The realms' process ended itself, because the time limit struck in the middle of a message. */
export const INTERRUPTED_EXIT_CODE = 3;
/** The run reached what crashes Kinde's engine; a message said so before. */
export const CRASHED_EXIT_CODE = 4;
/** The debugger's port could not be opened (Node itself ends with 12 then, too). */
export const INSPECTOR_EXIT_CODE = 12;

/** Command line of the realms' process: its parent's id, then host and port for a debugger. */
export type RealmArguments = [parent: string, host?: string, port?: string];

/** A job for the process with the realms, from the process that called `run`. One job at a time. */
export interface Job {
  kind: "introspect" | "run";
  code: string;
  /** Names the code: equal hashes are compiled once. */
  hash: string;
  filename: string;
  /** JSON text of the realm's Setup. */
  setup: string;
  /** JSON text. */
  event: string;
  /** Milliseconds; 0 is no limit. */
  timeMs: number;
  /** A debugger is attached: stop before the workflow is called. */
  inspect: boolean;
}

/** What the realms' process reports while it works, in the order it happened. */
export type JournalEntry =
  | { kind: "log"; value: { level: LogLevel; arguments: Json[] } }
  | { kind: "claim"; value: { token: TokenName; claim: string; value: Json } }
  | { kind: "effect"; value: { name: string; values: Json[] } };

export type ToParent =
  /** The realm is ready, and the workflow's code begins: from here on the time limit counts. */
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
  /** JSON text; null when they cannot be JSON. */
  bindings: string | null;
  problem: ExportProblem | null;
}

/** Why the exports of a workflow cannot be used. */
export interface ExportProblem {
  code: "NO_DEFAULT_EXPORT" | "SETTINGS_SHAPE";
  /** In the engine's words. */
  text: string;
}

/** `what` is the author's text, and `stack` shows the place. */
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

/** A request of `kinde.fetch`, and what comes back. */
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
