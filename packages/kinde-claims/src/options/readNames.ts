/**
 * Reads a list of names, or one name. Missing and empty entries are left out: they come from
 * environment variables that are not set.
 */
export function readNames(value: unknown): string[] {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return names.filter((name): name is string => typeof name === "string" && name !== "");
}
