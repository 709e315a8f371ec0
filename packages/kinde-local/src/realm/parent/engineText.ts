const READ = /^Cannot read properties of (undefined|null) \(reading '(.*)'\)$/s;

/**
 * Translates V8's most common error message into the engine's message (both were recorded). `code`
 * is the code of the bundle from the place at which the error was thrown: for a method call, the
 * engine's message names both undefined and null.
 */
export function engineText(message: string, code: string): string {
  const [, value, name = ""] = READ.exec(message) ?? [];
  if (value === undefined) return message;
  const isCall = code.startsWith(`${name}(`);
  // If the value is null, the engine writes "undefined", too.
  return `Cannot read property '${name}' of ${isCall ? "undefined or null" : "undefined"}`;
}
