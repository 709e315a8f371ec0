export { databaseClient } from "./client.ts";
export { LocalStackError, type StackPart } from "./errors.ts";
export { startSupabase } from "./stack.ts";
export { checkTemporaryFolder } from "./temporaryFolder.ts";
export type { LocalSupabase, StartOptions, StoppablePart } from "./types.ts";
