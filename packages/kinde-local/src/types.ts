/** Plain JSON, the only thing that leaves a realm. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** An environment variable as Kinde's dashboard holds it. A bare string is not secret. */
export type EnvValue = string | { value: string; isSecret: boolean };
export type Env = Readonly<Record<string, EnvValue>>;

/** What is unknown about the hosted service. The first value is the default. */
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
   * `console` without its binding. Kinde's documentation says that the hosted service provides it,
   * and Kinde's own examples rely on that. The public runtime does not provide it.
   */
  undeclaredConsole: "provided" | "absent";
  /**
   * The event is a Go map (`event.context !== event.context`, undefined is stored as null, the
   * order of its keys changes), or a plain object of the run's own. The public runtime hands over a
   * map. So that is the default: a workflow that works with a map also works with a copy.
   */
  eventObject: "map" | "copy";
  /**
   * `kinde.fetch` without its binding: Kinde's public runtime has none. Public workflows that lived
   * for months without it suggest that the hosted service provides it to `createKindeAPI`.
   */
  undeclaredFetch: "absent" | "provided";
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

/** What the network answers to a request. A body comes from one of `json`, `text` and `file`. */
export interface Answer {
  /** 200 by default. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  json?: unknown;
  text?: string;
  /** A file with the body; a relative path counts from the current folder. */
  file?: string;
}

/**
 * Answers by request: a method (or none, for every method) and a URL in which `*` stands for any
 * text. A URL without `?` matches with every query. The first that matches answers.
 *
 * @example
 * ```ts
 * const answers: Answers = {
 *   "GET https://api.example.com/plans/*": { json: { plan: "pro" } },
 *   "https://api.example.com/*": { status: 404, text: "not found" },
 * };
 * ```
 */
export type Answers = Readonly<Record<string, Answer>>;

/** The content of Kinde's Management API in a run. Every list may be left out. */
export interface KindeApiContent {
  users?: readonly KindeApiUser[];
  organizations?: readonly { code: string; name: string; properties?: KindeApiProperties }[];
  roles?: readonly { key: string; name: string }[];
  /** Names for the keys of properties; a key without one is its own name. */
  properties?: readonly { key: string; name: string }[];
}

/** Values by the property's key. */
export type KindeApiProperties = Readonly<Record<string, string>>;

export interface KindeApiUser {
  id: string;
  email?: string;
  first_name?: string;
  last_name?: string;
  properties?: KindeApiProperties;
  /** The keys of the user's roles by the organization's code. */
  organizations?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What answers the requests of a workflow, in this order: answers, Kinde's API, a recording, fetch.
 */
export interface NetworkOptions {
  /** Those of a run come before those of the runtime. */
  answers?: Answers;
  /**
   * Answers `/oauth2/token` and the Management API at the event's `kindeDomain`: from a content, or
   * a JSON file with one. `true` is a small sample content, `false` switches the answers off.
   * Without it they are given for the sample event's domain, and whenever `network` is false, as
   * long as no
   * `fetch`, msw or recording is in use.
   */
  kindeApi?: KindeApiContent | string | boolean;
  /** `false`: a request that nothing answers is an error of `run`, NO_ANSWER, and is not sent. */
  network?: boolean;
  /** A folder that keeps what the network or `fetch` answers, without secrets. */
  record?: string;
  /** Such a folder; its answers take the place of the network. */
  replay?: string;
  /**
   * Answers the remaining requests. By default the process's own `fetch`, looked up at each call.
   */
  fetch?: typeof globalThis.fetch;
}

export interface KindeOptions extends NetworkOptions {
  /**
   * The project's folder, or any folder or file below it. A workflow's file that is outside of any
   * project is loaded alone. The current folder by default.
   */
  project?: string;
  env?: Env;
  limits?: Partial<Limits>;
  unknowns?: Partial<Unknowns>;
  /** What `kinde.localization.get(key)` gives. */
  localization?: Readonly<Record<string, string>>;
  /** `host:port`: runs wait there for a debugger and have no time limit. */
  inspect?: string;
  /**
   * true: takes `kinde-local.config.ts` or `.json` next to kinde.json into account, as the commands
   * do. What is given here wins over it. By default a test depends on nothing but its own lines.
   */
  settings?: boolean;
}

export interface RunOptions extends NetworkOptions {
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
}

export interface CheckOptions {
  /** The id or the file of the only workflow to check. By default the whole project is checked. */
  workflow?: string;
  /**
   * The variables that the workflows will have: a warning names those that are read and missing.
   */
  env?: Env;
  /** The file that `env` came from, for the findings about it. */
  envFile?: string;
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
  /** Who answered, when neither the network nor a `fetch` did. */
  answeredBy?: "answers" | "kindeApi" | "replay";
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
  /** The workflow crashes Kinde's engine, and no code can catch that. `subject` is the cause. */
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
  /** What to do, as a sentence; null if the message says all that is known. */
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
  /**
   * As given to `kinde.ssoSession.setPolicy`: "persistent" or "non_persistent" in public workflows.
   */
  ssoSessionPolicy: string | null;
  invalidFields: { field: string; message: string }[];
  planSelectionDenied: { message: string; reasons: string[] } | null;
  planCancellationDenied: { message: string } | null;
}

/** Why a sign-in, a change of plan or another flow stops after a run. */
export type StopReason =
  /** Sync code would refuse the workflow. */
  | "syncRefused"
  /** The run failed, and the workflow's `failurePolicy` is "stop". */
  | "failure"
  | "accessDenied"
  | "invalidFields"
  | "planSelectionDenied"
  | "planCancellationDenied";

/** One run of one workflow, as a value. */
export interface Run {
  workflow: WorkflowInfo;
  /** The stage that the run reached. Sync code would report a `bundle` or `introspect` error. */
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
  /** The limits of the run. */
  limits: Limits;
  /**
   * Whether the flow of the trigger goes on for the user: the sign-in, the registration, the change
   * of plan, …
   */
  goesOn: boolean;
  /** Why it does not go on; null if it does. */
  stoppedBy: StopReason | null;
}
