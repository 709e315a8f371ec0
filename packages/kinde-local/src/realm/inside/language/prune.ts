import type { Setup } from "../../protocol/realmInterface.ts";
import { deleteProperty, getOwnPropertyNames, getPrototypeOf, method } from "./primordials.ts";

/** The functions' own `length`, `name` and `prototype` are not in the list and always there. */
const ALWAYS = ["length", "name", "prototype", "constructor"];

/** `length`, `name` and `prototype` of a constructor. */
const FUNCTION_ONLY = 3;

/**
 * Leaves exactly the globals, static members and prototype members that Kinde's engine has (the
 * list was read out of it). Whatever a newer V8 adds disappears here, and is absent at Kinde too.
 */
export function prune(global: object, globals: Setup["globals"]): void {
  for (const name of getOwnPropertyNames(global)) {
    const entry = globals[name];
    // What a binding brings is installed afterwards (V8 has a console of its own).
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

/** Prototypes that no global names; Node 22 gave the first one methods of its own. */
function pruneHidden(): void {
  const iterator = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()) as object) as object;
  for (const name of getOwnPropertyNames(iterator)) deleteProperty(iterator, name);
  deleteProperty(iterator, Symbol.toStringTag);
  // goja has both as own members of the prototype; V8 has neither.
  method(BigInt.prototype, "name", "BigInt");
  method(BigInt.prototype, "length", 0);
}

function keepOnly(target: object, names: readonly string[]): void {
  const own = getOwnPropertyNames(target);
  // V8 has all members of the list. So if the number of names is right, the names are right, and most need no check.
  if (own.length === names.length + (typeof target === "function" ? FUNCTION_ONLY : 0)) return;
  for (const name of own) {
    if (!names.includes(name) && !ALWAYS.includes(name)) deleteProperty(target, name);
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
