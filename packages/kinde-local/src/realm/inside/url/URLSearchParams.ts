import { asNative, defineProperty, keys, method, native } from "../language/primordials.ts";
import { type Pairs, parseQuery, writeQuery } from "./query.ts";

interface State {
  pairs: Pairs;
  /** Called after every change, so that the URL can update its query. */
  changed: () => void;
}

const states = new WeakMap<object, State>();

/** A URLSearchParams that is connected to the query of a URL. */
export function boundSearchParams(pairs: Pairs, changed: () => void): object {
  const params = Object.create(urlSearchParams().prototype) as object;
  states.set(params, { pairs, changed });
  return params;
}

type Constructor = (new (init?: unknown) => object) & { prototype: { toString(): string } };
let made: Constructor | undefined;

/**
 * The URLSearchParams of the binding `url`. It is created at its first use, because most runs do
 * not use it. Its `forEach` calls back with (name, value); in browsers, the value comes first.
 */
export function urlSearchParams(): Constructor {
  made ??= make();
  return made;
}

function initial(init: unknown): Pairs {
  if (init === undefined) return [];
  if (typeof init !== "object" || init === null) return parseQuery(`${init}`);
  if (!(Symbol.iterator in init)) {
    return keys(init).map((key) => [key, `${(init as Record<string, unknown>)[key]}`]);
  }
  return [...(init as Iterable<Iterable<unknown>>)].map(tuple);
}

function tuple(pair: Iterable<unknown>): [string, string] {
  const items = [...pair];
  if (items.length !== 2)
    throw typeError("ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple");
  return [`${items[0]}`, `${items[1]}`];
}

export function typeError(code: string, message: string): TypeError {
  return Object.assign(new TypeError(message), { code });
}

function state(params: unknown): State {
  const found = typeof params === "object" && params !== null ? states.get(params) : undefined;
  if (!found)
    throw typeError("ERR_INVALID_THIS", 'Value of "this" must be of type URLSearchParams');
  return found;
}

function required(args: unknown[], count: number): string[] {
  if (args.length >= count) return args.map((arg) => `${arg}`);
  const names = count === 1 ? 'The "name" argument' : 'The "name" and "value" arguments';
  throw typeError("ERR_MISSING_ARGS", `${names} must be specified`);
}

type Method = (state: State, args: unknown[], self: unknown) => unknown;

const METHODS: Record<string, Method> = {
  append({ pairs, changed }, args) {
    const [name = "", value = ""] = required(args, 2);
    pairs.push([name, value]);
    changed();
  },
  delete({ pairs, changed }, args) {
    const [name, value] = required(args, 1);
    const gone = (pair: [string, string]): boolean =>
      pair[0] === name && (args.length === 1 || (args[1] !== undefined && pair[1] === value));
    pairs.splice(0, pairs.length, ...pairs.filter((pair) => !gone(pair)));
    changed();
  },
  forEach({ pairs }, args, self) {
    const [callback] = args;
    if (args.length !== 1 || typeof callback !== "function") {
      throw typeError("ERR_INVALID_ARG_TYPE", 'The "callback" argument must be of type function.');
    }
    for (const [name, value] of pairs) callback(name, value, self);
  },
  get({ pairs }, args) {
    const [name] = required(args, 1);
    return pairs.find((pair) => pair[0] === name)?.[1] ?? null;
  },
  getAll({ pairs }, args) {
    const [name] = required(args, 1);
    return pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  },
  has({ pairs }, args) {
    const [name, value] = required(args, 1);
    return pairs.some((pair) => pair[0] === name && (args[1] === undefined || pair[1] === value));
  },
  set({ pairs, changed }, args) {
    const [name = "", value = ""] = required(args, 2);
    const first = pairs.find((pair) => pair[0] === name);
    if (first) first[1] = value;
    else pairs.push([name, value]);
    pairs.splice(
      0,
      pairs.length,
      ...pairs.filter((pair) => pair[0] !== name || pair === (first ?? pair)),
    );
    changed();
  },
  sort({ pairs, changed }) {
    pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    changed();
  },
  toString: ({ pairs }: State) => writeQuery(pairs),
  entries: ({ pairs }) => iterate(pairs, (pair) => [pair[0], pair[1]]),
  keys: ({ pairs }) => iterate(pairs, (pair) => pair[0]),
  values: ({ pairs }) => iterate(pairs, (pair) => pair[1]),
};

/**
 * The engine's iterators have only `next`, so `for (const x of params.keys())` fails, as at Kinde.
 */
function iterate<T>(pairs: Pairs, pick: (pair: [string, string]) => T): object {
  let index = 0;
  const next = native("next", () => {
    const pair = pairs[index++];
    return pair ? { value: pick(pair), done: false } : { value: undefined, done: true };
  });
  return Object.create({ next, [Symbol.toStringTag]: "URLSearchParams Iterator" }) as object;
}

function make(): Constructor {
  const URLSearchParams = function URLSearchParams(this: object, init?: unknown): void {
    if (!new.target)
      throw new TypeError("Class constructor URLSearchParams cannot be invoked without 'new'");
    states.set(this, { pairs: initial(init), changed: () => {} });
  } as unknown as Constructor;
  defineProperty(URLSearchParams, "name", { value: "URLSearchParams", configurable: true });
  for (const [name, run] of Object.entries(METHODS)) {
    const value = native(name, function (...args: unknown[]) {
      return run(state(this), args, this);
    });
    method(URLSearchParams.prototype, name, value);
    if (name === "entries") method(URLSearchParams.prototype, Symbol.iterator, value);
  }
  defineProperty(URLSearchParams.prototype, "size", {
    get(this: unknown) {
      return state(this).pairs.length;
    },
    enumerable: true,
    configurable: false,
  });
  return asNative(URLSearchParams);
}
