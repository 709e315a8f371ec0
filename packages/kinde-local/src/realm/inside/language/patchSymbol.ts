import { asNative, defineProperty, method } from "./primordials.ts";

/**
 * Replaces the constructor Symbol by one without `asyncIterator`. Kinde's engine does not have this
 * member, and in V8 it cannot be deleted.
 */
export function patchSymbol(global: object, statics: readonly string[]): void {
  const Native = Symbol;
  const Patched = function (this: unknown, description?: string | number): symbol {
    if (new.target) throw new TypeError("Symbol is not a constructor");
    return Native(description);
  };
  for (const name of statics) {
    const value: unknown = (Native as unknown as Record<string, unknown>)[name];
    const isFunction = typeof value === "function";
    defineProperty(Patched, name, {
      value,
      writable: isFunction,
      configurable: isFunction,
      enumerable: false,
    });
  }
  defineProperty(Patched, "prototype", { value: Native.prototype, writable: false });
  defineProperty(Patched, "name", { value: "Symbol", configurable: true });
  defineProperty(Patched, "length", { value: 0, configurable: true });
  method(Native.prototype, "constructor", Patched);
  method(global, "Symbol", asNative(Patched));
}
