export { databaseClient, withDatabase } from "./client.ts";
export { LocalStackError } from "./errors.ts";
export { startSupabase } from "./stack.ts";
export { checkTemporaryFolder } from "./temporaryFolder.ts";
export type { LocalSupabase, StartOptions } from "./types.ts";
