import { apply, method, native } from "./primordials.ts";

type Resolve = (value: unknown) => void;

/**
 * Removes the message of the AggregateError of `Promise.any`. V8 adds one, but the engine does not.
 */
export function patchPromise(): void {
  const resolveOf = Promise.resolve;
  method(
    Promise,
    "any",
    native(
      "any",
      function (items: unknown) {
        const Constructor = this as PromiseConstructor;
        const resolve = Constructor.resolve ?? resolveOf;
        return new Constructor((fulfil: Resolve, reject: Resolve) => {
          const errors: unknown[] = [];
          let left = 1;
          const finish = (): void => {
            left--;
            if (left === 0) reject(new AggregateError(errors));
          };
          let index = 0;
          for (const item of items as Iterable<unknown>) {
            const at = index++;
            let isCalled = false;
            left++;
            const failed = (error: unknown): void => {
              if (isCalled) return;
              isCalled = true;
              errors[at] = error;
              finish();
            };
            (apply(resolve, Constructor, [item]) as Promise<unknown>).then(fulfil, failed);
          }
          finish();
        });
      },
      1,
    ),
  );
}
