import type { Setup } from "../../protocol/realmInterface.ts";
import { deleteProperty, getOwnPropertyNames, getPrototypeOf, method } from "./primordials.ts";

/**
 * Members that are never deleted. The engine's list leaves out the first three for constructors.
 */
const ALWAYS = ["length", "name", "prototype", "constructor"];

/** How many members every constructor has that the list leaves out: length, name and prototype. */
const FUNCTION_ONLY = 3;

/**
 * Deletes all globals, static members and prototype members that Kinde's engine does not have. The
 * list of its members was read from the engine, so members that newer versions of V8 add are
 * deleted, too.
 */
export function prune(global: object, globals: Setup["globals"]): void {
  for (const name of getOwnPropertyNames(global)) {
    const entry = globals[name];
    // The globals of bindings are installed later. (V8 has its own console.)
    if (!entry || entry.binding) {
      deleteProperty(global, name);
      continue;
    }
    const value: unknown = (global as Record<string, unknown>)[name];
    if (entry.statics && isObject(value) && value !== global) keepOnly(value, entry.statics);
    if (entry.prototype && typeof value === "function") keepOnly(value.prototype, entry.prototype);
  }
  pruneHidden();
}

/**
 * Changes two prototypes for which the list of the engine's members is not enough. The first is the
 * prototype of all iterators: no global of the engine leads to it, and Node 22 added methods to it.
 */
function pruneHidden(): void {
  const iterator = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()) as object) as object;
  for (const name of getOwnPropertyNames(iterator)) deleteProperty(iterator, name);
  deleteProperty(iterator, Symbol.toStringTag);
  // In goja, these are own members of BigInt.prototype. V8 does not have them.
  method(BigInt.prototype, "name", "BigInt");
  method(BigInt.prototype, "length", 0);
}

function keepOnly(target: object, names: readonly string[]): void {
  const own = getOwnPropertyNames(target);
  // V8 has every member of the list, except the two that `pruneHidden` adds. So if the numbers of
  // names are equal, the names are equal, and most objects need no further check.
  if (own.length === names.length + (typeof target === "function" ? FUNCTION_ONLY : 0)) return;
  for (const name of own) {
    if (!names.includes(name) && !ALWAYS.includes(name)) deleteProperty(target, name);
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
