/** Something the user typed or set that cannot be worked with. The message is all they see. */
export class UsageError extends Error {
  override name = "UsageError";
}
