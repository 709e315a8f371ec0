import type { Json, JsonObject } from "../types.ts";

/**
 * Returns the paths of all members of an event, such as `context.user.id`. Members of arrays are
 * left out.
 */
export function pathsOf(event: JsonObject, prefix = ""): string[] {
  return Object.entries(event).flatMap(([name, value]) => {
    const path = prefix + name;
    return isObject(value) ? [path, ...pathsOf(value, `${path}.`)] : [path];
  });
}

/** The value at a path, or undefined if the event has no such member. */
export function valueAt(event: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const name of path.split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
