export { findDeno } from "./findDeno.ts";
export { startFunctions } from "./startFunctions.ts";
export type { ClaimChangeRelay } from "./types.ts";
