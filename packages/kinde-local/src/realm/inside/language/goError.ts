import { asNative, defineProperty, method, setPrototypeOf } from "./primordials.ts";

type GoErrorConstructor = new (message?: string, value?: object) => Error;

/**
 * The error that Kinde's Go functions throw: an Error with the name "GoError" and Go's message. Its
 * own member `value` is Go's error, of which JSON shows the exported members. For a failed request,
 * that includes the URL. (Observed on the public runtime: `e instanceof Error`, `e.name ===
 * "GoError"`.)
 */
export const GoError: GoErrorConstructor = makeGoError();

function makeGoError(): GoErrorConstructor {
  function GoError(this: unknown, message?: string, value: object = {}): Error {
    const error = new Error(message);
    defineProperty(error, "value", {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
    setPrototypeOf(error, GoError.prototype);
    return error;
  }
  setPrototypeOf(GoError.prototype, Error.prototype);
  method(GoError.prototype, "message", "");
  method(GoError.prototype, "name", "GoError");
  defineProperty(GoError.prototype, "constructor", { enumerable: false });
  setPrototypeOf(GoError, Error);
  return asNative(GoError) as unknown as GoErrorConstructor;
}
