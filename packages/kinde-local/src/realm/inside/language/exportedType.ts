import { host } from "../realmInput.ts";
import { isArray, NativeDate } from "./primordials.ts";

/**
 * The Go type to which the engine exports a value. `workflowSettings` must be exported as a map:
 * for any other type, Kinde panics, unless the value is undefined or null.
 */
export function exportedType(value: unknown): string {
  if (typeof value === "function" && !host.isProxy(value)) {
    return "func(goja.FunctionCall) goja.Value";
  }
  if (typeof value === "object" || typeof value === "function") return objectType(value as object);
  return PRIMITIVES[typeof value] ?? (Number.isInteger(value) ? "int64" : "float64");
}

export const MAP = "map[string]interface {}";

const PRIMITIVES: Record<string, string> = {
  string: "string",
  boolean: "bool",
  bigint: "*big.Int",
  symbol: "string",
};

function objectType(value: object): string {
  if (host.isProxy(value)) return "goja.Proxy";
  if (isArray(value) || value instanceof Set) return "[]interface {}";
  if (value instanceof NativeDate) return "time.Time";
  if (value instanceof Map) return "[][2]interface {}";
  if (value instanceof Promise) return "*goja.Promise";
  if (value instanceof String) return "string";
  if (value instanceof Boolean) return "bool";
  if (value instanceof Number) return exportedType(value.valueOf());
  return MAP;
}
