const known = new WeakMap<object, object>();

/** Notes that an object of the engine stands for data of Go. */
export function remember(object: object, data: object): void {
  known.set(object, data);
}

/** The data that an object stands for, when it stands for any. */
export function dataOf(object: object): object | undefined {
  return known.get(object);
}
