import { host } from "../realmInput.ts";
import { dataOf, remember } from "./goValues.ts";
import { isArray, NativeMath, parse } from "./primordials.ts";
import { toGoJson } from "./toGoJson.ts";

const { get, getOwnPropertyDescriptor, ownKeys, set } = Reflect;

/**
 * Represents Go data like the engine. Each read returns a new object for the same data. A stored
 * value is converted to Go data (undefined becomes nil, which reads as null). The keys of a map
 * have another order at each read.
 */
export function goValue(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return data;
  const object = new Proxy(data, isArray(data) ? LIST : MAP);
  remember(object, data);
  return object;
}

const LIST: ProxyHandler<object> = {
  get(data, key, receiver) {
    const isOwn = getOwnPropertyDescriptor(data, key) !== undefined;
    return isOwn ? goValue(get(data, key)) : get(data, key, receiver);
  },
  set: (data, key, value) => set(data, key, goData(value)),
  defineProperty: (data, key, descriptor) => set(data, key, goData(descriptor.value)),
  getOwnPropertyDescriptor(data, key) {
    const found = getOwnPropertyDescriptor(data, key);
    return found && { ...found, value: goValue(found.value) };
  },
};

const MAP: ProxyHandler<object> = { ...LIST, ownKeys: (data) => shuffled(ownKeys(data)) };

/** Converts a stored value to Go data. A function or a proxy of the workflow stays unchanged. */
function goData(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return value;
  const known = dataOf(value);
  if (known) return known;
  return host.isProxy(value) ? value : parse(toGoJson(value, true));
}

function shuffled(keys: (string | symbol)[]): (string | symbol)[] {
  for (let i = keys.length - 1; i > 0; i--) {
    const other = NativeMath.floor(NativeMath.random() * (i + 1));
    const key = keys[i] as string | symbol;
    keys[i] = keys[other] as string | symbol;
    keys[other] = key;
  }
  return keys;
}
