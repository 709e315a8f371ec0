/** Plain JSON, the only thing that leaves a realm. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** An environment variable as Kinde's dashboard holds it. A bare string is not secret. */
export type EnvValue = string | { value: string; isSecret: boolean };
export type Env = Readonly<Record<string, EnvValue>>;

/**
 * What is unknown about the hosted service. Each member chooses one of two behaviours; the first is
 * the default.
 */
export interface Unknowns {
  /** A status other than 2xx: `kinde.fetch` returns the body, as it does for 2xx, or throws. */
  nonOkResponse: "deliver" | "throw";
  /**
   * The workflow asks for JSON, and the body is not JSON: `kinde.fetch` throws, or `json` is null.
   */
  invalidJson: "throw" | "null";
  /** What `kinde.env.get` returns for a variable that is not set. */
  missingVariable: "null" | "undefined";
  /**
   * With `failurePolicy: continue`: whether Kinde keeps the claims that a workflow wrote before it
   * was interrupted or threw.
   */
  interruptedClaims: "keep" | "drop";
  /**
   * Whether `console` exists without its binding. Kinde's documentation says that the hosted
   * service provides it, and Kinde's own examples rely on that. The public runtime does not provide
   * it.
   */
  undeclaredConsole: "provided" | "absent";
  /**
   * Whether the event is a Go map or a copy. In a map, `event.context !== event.context`, undefined
   * is stored as null, and the order of the keys changes. A copy is a plain object. The public
   * runtime passes a map. The map is the default, because a workflow that works with a map also
   * works with a copy.
   */
  eventObject: "map" | "copy";
  /**
   * Whether `kinde.fetch` exists without its binding. In Kinde's public runtime it does not. But
   * public workflows have run for months without the binding, so the hosted service probably
   * provides it to `createKindeAPI`.
   */
  undeclaredFetch: "absent" | "provided";
}

export interface Limits {
  /** Wall-clock milliseconds for one run. The hosted limit is unpublished; 10,000 by default. */
  timeMs: number;
  /** V8 heap of a run in MB, 128 by default. Runs with different values use different processes. */
  memoryMb: number;
}

/** The three tokens whose custom claims a workflow can set. */
export type TokenName = "accessToken" | "idToken" | "m2mToken";
export type TokenClaims = Record<TokenName, JsonObject>;

/** A prepared answer to a request. Its body comes from one of `json`, `text` and `file`. */
export interface Answer {
  /** 200 by default. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  json?: unknown;
  text?: string;
  /** A file with the body. A relative path starts at the current folder. */
  file?: string;
}

/**
 * Prepared answers. Each key names requests: a method (without it, every method) and a URL in which
 * `*` stands for any text. A URL without `?` matches with every query. The first key that matches
 * is used.
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
  /** Names of properties by key. If a property has no entry here, its name is its key. */
  properties?: readonly { key: string; name: string }[];
}

/** Values of properties by key. */
export type KindeApiProperties = Readonly<Record<string, string>>;

export interface KindeApiUser {
  id: string;
  email?: string;
  first_name?: string;
  last_name?: string;
  properties?: KindeApiProperties;
  /** For each organization's code, the keys of the user's roles in it. */
  organizations?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What answers the requests of a workflow. The order is: `answers`, `kindeApi`, `replay`, `fetch`.
 */
export interface NetworkOptions {
  /** The answers of a run are tried before those of the runtime. */
  answers?: Answers;
  /**
   * Imitates `/oauth2/token` and the Management API at the event's `kindeDomain`, with this
   * content, or with the content in a JSON file. `true` uses a small sample content; `false`
   * switches the imitation off.
   * By default the imitation is on for the sample event's domain, and for every domain if `network`
   * is false. It is off by default if a `fetch`, msw or `replay` is in use.
   */
  kindeApi?: KindeApiContent | string | boolean;
  /** `false`: a request without an answer is not sent, and `run` throws NO_ANSWER. */
  network?: boolean;
  /** A folder in which the answers of the network or of `fetch` are saved, without secrets. */
  record?: string;
  /** A folder that `record` has filled. Its answers replace the network. */
  replay?: string;
  /**
   * Answers the remaining requests. By default this is the process's own `fetch`, looked up at each
   * call. If nothing has replaced it, a request that it would change or refuse is sent with
   * node:http.
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
  /** What `kinde.localization.get(key)` returns, by key. */
  localization?: Readonly<Record<string, string>>;
  /** `host:port` at which runs wait for a debugger. Such runs have no time limit. */
  inspect?: string;
  /**
   * true: reads `kinde-local.config.ts` or `.json` next to kinde.json, as the commands `run` and
   * `check` do. Options that are given here win over this file. By default the file is not read, so
   * that a test depends only on its own code.
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
  /** The whole event. It replaces the trigger's sample event. */
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
   * The variables that the workflows will have. `check` warns of a variable that a workflow reads
   * and that is missing here.
   */
  env?: Env;
  /** The file that `env` was read from. Findings about a missing variable name this file. */
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
  /** What answered the request. Missing if it was the network or a `fetch`. */
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
  /**
   * The workflow crashes Kinde's engine, and no code in it can catch that. `subject` is the cause.
   */
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
  /** What the error is about, if known: a name, an expression, a package, or a crash's cause. */
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
   * The argument of `kinde.ssoSession.setPolicy`: "persistent" or "non_persistent" in public
   * workflows.
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
  /**
   * The stage that the run reached. Sync code would report an error of the stages `bundle` and
   * `introspect`.
   */
  stage: Stage;
  /** The default export's promise was fulfilled. */
  completed: boolean;
  claims: TokenClaims;
  logs: LogEntry[];
  fetches: FetchEntry[];
  effects: Effects;
  error: RunError | null;
  /** Milliseconds that the run took in the process of the realms, without bundling. */
  ms: number;
  /** The limits of the run. */
  limits: Limits;
  /**
   * Whether the flow of the trigger goes on for the user: the sign-in, the registration, the change
   * of plan, …
   */
  goesOn: boolean;
  /** Why the flow does not go on. Null if it goes on. */
  stoppedBy: StopReason | null;
}
