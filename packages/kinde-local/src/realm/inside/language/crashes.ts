import { CRASH_NAMES } from "../../protocol/crashNames.ts";
import type { Host } from "../../protocol/realmInterface.ts";
import { defineProperty, method, NativeError, native } from "./primordials.ts";

/** Defines the names that replace, in the bundle, the code that crashes the engine. */
export function installCrashNames(global: object, host: Host): void {
  for (const [what, name] of Object.entries(CRASH_NAMES)) {
    defineProperty(global, name, { get: () => crash(host, what), configurable: false });
  }
}

/** The engine reads the first two members of an entry without checking that they exist. */
export function patchFromEntries(host: Host): void {
  const fromEntries = Object.fromEntries;
  const checked = function* (entries: Iterable<unknown>): Generator<unknown> {
    for (const entry of entries) {
      const isPair = entry === undefined || entry === null || 0 in Object(entry);
      if (!isPair) crash(host, "Object.fromEntries");
      yield entry;
    }
  };
  const value = native(
    "fromEntries",
    (entries: Iterable<unknown>) => {
      const isNothing = entries === undefined || entries === null;
      return fromEntries((isNothing ? entries : checked(entries)) as never);
    },
    1,
  );
  method(Object, "fromEntries", value);
}

function crash(host: Host, what: string): never {
  return host.crash(what, `${new NativeError().stack}`);
}
