export { FRESHNESS_MODES } from "./grants.ts";
export { startIssuer } from "./startIssuer.ts";
export type {
  Credentials,
  FreshnessMode,
  IssuerOptions,
  LocalKinde,
  NewUser,
  User,
} from "./types.ts";
export {
  type TokenDecision,
  type TokenGeneration,
  type TokenWorkflow,
  workflowOf,
} from "./workflow.ts";
