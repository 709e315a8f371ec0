import type { Json, JsonObject } from "../types.ts";

export type Bindings = Record<string, { resetClaims?: boolean }>;

/** A value among the bindings that Kinde cannot read. Kinde then ignores all bindings. */
export interface OddBinding {
  /** null if the bindings as a whole cannot be read. */
  name: string | null;
  value: string;
}

export interface BindingsRead {
  bindings: Bindings;
  odd: OddBinding | null;
}

/**
 * Reads the exported bindings as Kinde's public runtime does. It converts them to JSON, and reads
 * that into a map of `{ resetClaims }`. After any error there are no bindings at all. null counts
 * as `{}`.
 *
 * @param json the JSON text of the bindings; null if JSON cannot hold them
 * @param raw the bindings as far as they can be shown, for a message
 */
export function readBindings(json: string | null, raw: Json | undefined): BindingsRead {
  if (json === null) return { bindings: {}, odd: { name: oddName(raw), value: show(raw) } };
  const value = JSON.parse(json) as Json;
  if (value === null) return { bindings: {}, odd: null };
  if (!isMap(value)) return { bindings: {}, odd: { name: null, value: show(value) } };
  const found = Object.entries(value).find(([, item]) => !isBinding(item));
  if (found) return { bindings: {}, odd: { name: found[0], value: show(found[1]) } };
  const entries = Object.entries(value).map(([name, item]) => [name, { ...resets(item) }]);
  return { bindings: Object.fromEntries(entries) as Bindings, odd: null };
}

/** Finds the binding that JSON cannot hold, such as a function. In `raw` its value is a string. */
function oddName(raw: Json | undefined): string | null {
  if (!isMap(raw)) return null;
  return Object.entries(raw).find(([, item]) => !isBinding(item))?.[0] ?? null;
}

function isBinding(value: Json): boolean {
  if (value === null) return true;
  return (
    isMap(value) && settings(value).every((item) => item === null || typeof item === "boolean")
  );
}

function resets(value: Json): { resetClaims?: boolean } {
  const given = isMap(value) ? settings(value).at(-1) : undefined;
  return typeof given === "boolean" ? { resetClaims: given } : {};
}

/** Returns the values of `resetClaims`. Go matches the name of a field in upper and lower case. */
function settings(value: JsonObject): Json[] {
  return Object.entries(value)
    .filter(([name]) => name.toLowerCase() === "resetclaims")
    .map(([, item]) => item);
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: Json | undefined): string {
  return JSON.stringify(value) ?? "undefined";
}
