// Moved to local/command. Kept until the last importer has followed.
export { Interrupted, UsageError } from "../command/errors.ts";
