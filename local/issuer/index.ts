export { FRESHNESS_MODES } from "./grants.ts";
export { startIssuer } from "./startIssuer.ts";
export type { FreshnessMode, LocalKinde, NewUser } from "./types.ts";
export { type TokenGeneration, workflowOf } from "./workflow.ts";
