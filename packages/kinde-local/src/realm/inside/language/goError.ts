import { defineProperty, method, setPrototypeOf } from "./primordials.ts";

/**
 * What a native throws: an Error whose name is "GoError" and whose message is Go's text.
 * (Observed on the public runtime: `e instanceof Error`, `e.name === "GoError"`.)
 */
export const GoError: ErrorConstructor = makeGoError();

function makeGoError(): ErrorConstructor {
  function GoError(this: unknown, message?: string): Error {
    const error = new Error(message);
    setPrototypeOf(error, GoError.prototype);
    return error;
  }
  setPrototypeOf(GoError.prototype, Error.prototype);
  method(GoError.prototype, "message", "");
  method(GoError.prototype, "name", "GoError");
  defineProperty(GoError.prototype, "constructor", { enumerable: false });
  setPrototypeOf(GoError, Error);
  return GoError as unknown as ErrorConstructor;
}
