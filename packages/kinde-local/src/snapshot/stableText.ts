import type { Json } from "../types.ts";

/**
 * Patterns of the strings that differ between two runs of the same workflow, and their
 * replacements.
 */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<uuid>"],
  // Kinde's ids: of users (kp_, in older accounts kp:), organizations, connections and so on.
  [/\b(kp|org|conn|identity|agreement)(_|:|%3A)(?=[0-9a-z]*\d)[0-9a-z]{6,}\b/gi, "$1$2<id>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, "<time>"],
  // A test server has another port in each run.
  [/\b(localhost|127\.0\.0\.1|\[::1\]):\d{4,5}\b/g, "$1:<port>"],
];

/** Replaces ids, times and ports of this machine in a string. */
export function stableText(text: string): string {
  return CHANGING.reduce((left, [pattern, name]) => left.replace(pattern, name), text);
}

/**
 * Replaces ids, times and ports in every string of a value. Numbers that look like a present time
 * become `<time>`.
 */
export function stableValue(value: Json): Json {
  if (typeof value === "string") return stableText(value);
  if (typeof value === "number") return isTime(value) ? "<time>" : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(stableValue);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [stableText(name), stableValue(item)]),
  );
}

/** Whether a number is a time from 2017 to 2033, in seconds or milliseconds since 1970. */
function isTime(value: number): boolean {
  const isIn = (unit: number): boolean => value >= 1.5e9 * unit && value < 2e9 * unit;
  return isIn(1) || isIn(1000);
}
