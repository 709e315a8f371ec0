// The realm's own functions, stored before the workflow can replace them.
export const { defineProperty, getOwnPropertyNames, keys, getPrototypeOf, setPrototypeOf } = Object;
export const { construct, apply, deleteProperty } = Reflect;
export const { parse, stringify } = JSON;
export const { isArray } = Array;
export const NativePromise = Promise;
export const NativeError = Error;
export const NativeDate = Date;
export const NativeMath = Math;
export const promiseThen = Promise.prototype.then;
export const regexpExec = RegExp.prototype.exec;

/**
 * Adds a method with the attributes of the engine's methods: writable, configurable, not
 * enumerable.
 */
export function method(target: object, name: PropertyKey, value: unknown): void {
  defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

const natives = new WeakSet<object>();
const functionText = Function.prototype.toString;

/** Makes `toString` of a function show the text of a native function. */
export function asNative<F extends object>(value: F): F {
  natives.add(value);
  return value;
}

/** Replaces `Function.prototype.toString`, so that it does not show our source code. */
export function hideSources(): void {
  const toText = native("toString", function () {
    const isOurs = typeof this === "function" && natives.has(this);
    return isOurs ? `function ${this.name}() { [native code] }` : apply(functionText, this, []);
  });
  method(Function.prototype, "toString", toText);
}

/** Makes a function without a prototype that cannot be called with `new`, like native functions. */
export function native<A extends unknown[], R>(
  name: string,
  run: (this: unknown, ...args: A) => R,
  length = 0,
): (...args: A) => R {
  const holder = {
    [name](this: unknown, ...args: A): R {
      return apply(run, this, args) as R;
    },
  };
  const value = holder[name] as (...args: A) => R;
  if (length > 0) defineProperty(value, "length", { value: length, configurable: true });
  return asNative(value);
}
