/** Returns a function that calls `make` at its first use and keeps the result. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    // A failure is not kept: the next call tries again.
    made ??= { value: make() };
    return made.value;
  };
}
