/** Plain JSON, the only thing that leaves a realm. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** An environment variable as Kinde's dashboard holds it. A bare string is not secret. */
export type EnvValue = string | { value: string; isSecret: boolean };
export type Env = Readonly<Record<string, EnvValue>>;

/** What nobody outside Kinde knows about the hosted service. The first value is the default. */
export interface Unknowns {
  /** An answer that is not 2xx: its body is handed over like any other, or `kinde.fetch` throws. */
  nonOkResponse: "deliver" | "throw";
  /** A body that is not JSON where JSON was asked for: `kinde.fetch` throws, or `json` is null. */
  invalidJson: "throw" | "null";
  /** `kinde.env.get` of a name that is not set. */
  missingVariable: "null" | "undefined";
  /** Claims written before the run was cut short or threw, under `failurePolicy: continue`. */
  interruptedClaims: "keep" | "drop";
  /**
   * `console` without its binding: Kinde's public runtime has none, its documentation says that the
   * hosted service provides it.
   */
  undeclaredConsole: "absent" | "provided";
  /**
   * The event is a Go map (`event.context !== event.context`, undefined is stored as null, the order
   * of its keys changes), or a plain object of the run's own. The public runtime hands over a map. So
   * that is the default: a workflow that works with a map also works with a copy.
   */
  eventObject: "map" | "copy";
}

export interface Limits {
  /** Wall-clock milliseconds for one run. The hosted limit is unpublished; 10,000 by default. */
  timeMs: number;
  /** V8 heap of a run in MB, 128 by default. Each value has a process of its own. */
  memoryMb: number;
}

/** The three tokens whose custom claims a workflow can set. */
export type TokenName = "accessToken" | "idToken" | "m2mToken";
export type TokenClaims = Record<TokenName, JsonObject>;

export interface KindeOptions {
  /** The project's folder, or any folder or file below it. The current folder by default. */
  project?: string;
  env?: Env;
  limits?: Partial<Limits>;
  unknowns?: Partial<Unknowns>;
  /** What `kinde.localization.get(key)` gives. */
  localization?: Readonly<Record<string, string>>;
  /** Answers `kinde.fetch`. By default the process's own `fetch`, looked up at each call. */
  fetch?: typeof globalThis.fetch;
  /** `host:port`: runs wait there for a debugger and have no time limit. */
  inspect?: string;
}

export interface RunOptions {
  /** The workflow's id, or its file. Optional when the project has exactly one workflow. */
  workflow?: string;
  user?: string;
  origin?: "authorization_request" | "refresh_token_request";
  /** null removes `context.organization` from the event. */
  org?: string | null;
  client?: string;
  /** The whole event; it takes the place of the trigger's sample event. */
  event?: object;
  /** Claims already on the tokens when the run begins. */
  claims?: Partial<Record<TokenName, object>>;
  env?: Env;
  unknowns?: Partial<Unknowns>;
  limits?: Partial<Limits>;
  fetch?: typeof globalThis.fetch;
}

export type FailurePolicy = "stop" | "continue";

export interface WorkflowInfo {
  id: string;
  trigger: string;
  /** Absolute path of the entry file. */
  file: string;
  failurePolicy: FailurePolicy;
}

export type LogLevel = "debug" | "info" | "warn" | "error";
export interface LogEntry {
  level: LogLevel;
  arguments: Json[];
}

export interface FetchEntry {
  method: string;
  url: string;
  /** null when there was no answer. */
  status: number | null;
  ms: number;
  error?: string;
}

/** What went wrong in a run. Callers branch on the code; texts may change. */
export type RunErrorCode =
  /** esbuild could not build the workflow. */
  | "BUNDLE_FAILED"
  | "BUNDLE_TOO_LARGE"
  /** An import of a package that Kinde does not install. */
  | "PACKAGE_NOT_ALLOWED"
  /** An import of a package that neither Kinde nor this machine has. */
  | "PACKAGE_NOT_FOUND"
  /** Syntax that Kinde's engine cannot read. */
  | "SYNTAX_REFUSED"
  | "NO_DEFAULT_EXPORT"
  /** `workflowSettings` is not a plain object. */
  | "SETTINGS_SHAPE"
  /** The top level of the file did not end, or filled the memory. */
  | "TOP_LEVEL_INTERRUPTED"
  /** A name that does not exist was used; `subject` is the name. */
  | "NOT_DEFINED"
  /** A value was called that is not a function; `subject` is the expression. */
  | "NOT_A_FUNCTION"
  /** Something that ends Kinde's engine itself, so that nothing can catch it; `subject` says what. */
  | "ENGINE_CRASH"
  /** Anything else that was thrown, at the top level or in the run. */
  | "THROWN"
  | "TIME_LIMIT"
  | "MEMORY_LIMIT"
  /** The workflow awaits a promise that nothing will ever settle. */
  | "NEVER_SETTLED";

export interface RunError {
  code: RunErrorCode;
  name: string;
  /** What happened. */
  message: string;
  /** What to write or do instead, as a sentence; null where the message says all that is known. */
  instead: string | null;
  /** The name or package that the error is about, where one is known. */
  subject: string | null;
  /** Absolute path, line and column (both from 1) in the author's source, where known. */
  file: string | null;
  line: number | null;
  column: number | null;
}

export type Stage = "bundle" | "introspect" | "run";

/** What a workflow decided besides its claims. */
export interface Effects {
  accessDenied: { reason: string } | null;
  mfaPolicy: "required" | "skip" | null;
  /** As given to `kinde.ssoSession.setPolicy`: "persistent" or "non_persistent" in public workflows. */
  ssoSessionPolicy: string | null;
  invalidFields: { field: string; message: string }[];
  planSelectionDenied: { message: string; reasons: string[] } | null;
  planCancellationDenied: { message: string } | null;
}

/** One run of one workflow, as a value. */
export interface Run {
  workflow: WorkflowInfo;
  /** How far it came: a `bundle` or `introspect` error is one that Sync code would report. */
  stage: Stage;
  /** The default export's promise was fulfilled. */
  completed: boolean;
  claims: TokenClaims;
  logs: LogEntry[];
  fetches: FetchEntry[];
  effects: Effects;
  error: RunError | null;
  /** Milliseconds from the start of the realm to the end of the run; bundling is not in it. */
  ms: number;
  /** What the time is measured against. */
  limits: Limits;
  /** No error, or `failurePolicy` is continue; and access was not denied. */
  tokenIssued: boolean;
}
