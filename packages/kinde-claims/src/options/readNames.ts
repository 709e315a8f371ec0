/**
 * Reads a list of names, or one name. Entries that are missing or empty are left out: an environment
 * variable that is not set names nothing.
 */
export function readNames(value: unknown): string[] {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return names.filter((name): name is string => typeof name === "string" && name !== "");
}
