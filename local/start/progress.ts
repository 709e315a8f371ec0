// Moved to local/command. Kept until the last importer has followed.
export { showProgress } from "../command/progress.ts";
