/** The command line or a setting cannot be used. The message is for the person who typed it. */
export class UsageError extends Error {
  override name = "UsageError";
}
