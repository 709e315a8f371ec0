const READ = /^Cannot read properties of (undefined|null) \(reading '(.*)'\)$/s;

/**
 * V8's commonest text in the engine's own words (both forms were recorded). `code` is the bundle's
 * at the place where it was thrown: the engine names both values when a method was called.
 */
export function engineText(message: string, code: string): string {
  const [, value, name = ""] = READ.exec(message) ?? [];
  if (value === undefined) return message;
  const isCall = code.startsWith(`${name}(`);
  // The engine also writes "undefined" for null.
  return `Cannot read property '${name}' of ${isCall ? "undefined or null" : "undefined"}`;
}
