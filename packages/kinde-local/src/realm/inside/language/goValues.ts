const known = new WeakMap<object, object>();

/** Remembers the Go data that an object represents. */
export function remember(object: object, data: object): void {
  known.set(object, data);
}

/** The Go data that an object represents, if there is any. */
export function dataOf(object: object): object | undefined {
  return known.get(object);
}
