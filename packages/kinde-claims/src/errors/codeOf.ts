/** Returns the `code` of an error, if it has one. This package's errors and Node's have one. */
export function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
