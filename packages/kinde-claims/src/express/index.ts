export { createGuards } from "./createGuards.ts";
export { type Problem, sendProblem } from "./Problem.ts";
export type {
  BooleanClaim,
  ConfirmClaim,
  Guard,
  GuardOptions,
  Guards,
  RequireClaimOptions,
} from "./types.ts";
export { webhookRoute } from "./webhookRoute.ts";
