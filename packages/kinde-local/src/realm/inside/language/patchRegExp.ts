import {
  apply,
  asNative,
  construct,
  defineProperty,
  method,
  native,
  regexpExec,
  setPrototypeOf,
} from "./primordials.ts";
import { makeTwins, type Twin, twinFor } from "./regexpTwins.ts";

const FLAGS = /[dv]/;

/**
 * Imitates the differences of goja's regular expressions that cause no error. Named groups match,
 * but `groups` is undefined. `\p{…}` usually matches its own characters. In strings that are not
 * ASCII, `\b` and the flag i work with other letters than in V8. With the flag m, only a line feed
 * is a line break. All methods use `exec`, so only `exec` searches in another way; `match`,
 * `replace` and `split` only tell it that all matches are wanted at once. The constructor refuses
 * the flags d and v, as the engine's parser does in a literal.
 */
export function patchRegExp(global: object): void {
  const NativeRegExp = RegExp;
  const known = new WeakMap<RegExp, ReturnType<typeof makeTwins>>();
  const twinsOf = (regexp: RegExp): ReturnType<typeof makeTwins> => {
    const found = known.get(regexp);
    if (found !== undefined) return found;
    const twins = makeTwins(regexp.source, regexp.flags);
    known.set(regexp, twins);
    return twins;
  };
  const all = patchMethodsForAll(NativeRegExp.prototype);
  const patched = native(
    "exec",
    function (given: unknown) {
      const regexp = this as RegExp;
      const twins = twinsOf(regexp);
      const text = `${given as string}`;
      const start = regexp.global || regexp.sticky ? regexp.lastIndex : 0;
      const search = { text, start, all: all.isOn };
      const twin = twins && twinFor(twins, search, NativeRegExp);
      const found = twin ? execTwin(twin, regexp, text) : apply(regexpExec, regexp, [text]);
      if (found) delete (found as { groups?: unknown }).groups;
      return found;
    },
    1,
  );
  method(NativeRegExp.prototype, "exec", patched);
  method(global, "RegExp", makeConstructor(NativeRegExp));
}

function execTwin({ regexp: twin, text }: Twin, regexp: RegExp, given: string): unknown {
  twin.lastIndex = regexp.lastIndex;
  const found = apply(regexpExec, twin, [text]) as RegExpExecArray | null;
  if (twin.global || twin.sticky) regexp.lastIndex = twin.lastIndex;
  if (!found) return null;
  const { indices } = found;
  delete found.indices;
  if (text === given || !indices) return found;
  for (let i = 0; i < found.length; i++) {
    const place = indices[i];
    if (place) found[i] = given.slice(place[0], place[1]);
  }
  found.input = given;
  return found;
}

/** In these methods, the engine finds all matches at once, but V8 calls `exec` for each match. */
function patchMethodsForAll(proto: RegExp): { isOn: boolean } {
  const all = { isOn: false };
  for (const key of [Symbol.match, Symbol.replace, Symbol.split] as const) {
    const original = proto[key] as (...args: unknown[]) => unknown;
    const name = original.name;
    const value = native(
      name,
      function (...args: unknown[]) {
        const before = all.isOn;
        all.isOn = key === Symbol.split || (this as RegExp).global;
        try {
          return apply(original, this, args);
        } finally {
          all.isOn = before;
        }
      },
      original.length,
    );
    method(proto, key, value);
  }
  return all;
}

function makeConstructor(NativeRegExp: RegExpConstructor): unknown {
  const Patched = function (this: unknown, ...args: unknown[]): unknown {
    const flag = FLAGS.exec(`${args[1] ?? ""}`)?.[0];
    if (flag) throw new SyntaxError(`Invalid flags supplied to RegExp constructor '${flag}'`);
    return new.target
      ? construct(NativeRegExp, args, new.target)
      : apply(NativeRegExp, undefined, args);
  };
  defineProperty(Patched, "name", { value: "RegExp", configurable: true });
  defineProperty(Patched, "length", { value: 2, configurable: true });
  defineProperty(Patched, "prototype", { value: NativeRegExp.prototype, writable: false });
  const species = Object.getOwnPropertyDescriptor(NativeRegExp, Symbol.species);
  if (species) defineProperty(Patched, Symbol.species, species);
  setPrototypeOf(Patched, Function.prototype);
  method(NativeRegExp.prototype, "constructor", Patched);
  return asNative(Patched);
}
