export { type Finding, RULES, type RuleName, type Severity } from "./check/Finding.ts";
export { createKinde, type Kinde } from "./createKinde.ts";
export { KindeError, type KindeErrorCode } from "./errors.ts";
export { type SampleOf, sampleEvent, type Trigger } from "./events/sampleEvents.ts";
export { redactRun } from "./redact/redactRun.ts";
export { type Config, defineConfig, type WorkflowConfig } from "./settings/Config.ts";
export type {
  Answer,
  Answers,
  CheckOptions,
  Effects,
  Env,
  EnvValue,
  FailurePolicy,
  FetchEntry,
  Json,
  JsonObject,
  KindeApiContent,
  KindeApiProperties,
  KindeApiUser,
  KindeOptions,
  Limits,
  LogEntry,
  LogLevel,
  NetworkOptions,
  Run,
  RunError,
  RunErrorCode,
  RunOptions,
  Stage,
  StopReason,
  TokenClaims,
  TokenName,
  Unknowns,
  WorkflowInfo,
} from "./types.ts";
export { visible } from "./visible.ts";
