import { literalProperties } from "./literalProperties.ts";
import { apply, construct, defineProperty, method, native, setPrototypeOf } from "./primordials.ts";

const FLAGS = /[dv]/;

/**
 * What goja's regular expressions get silently wrong: named groups are matched but never named
 * (`groups` is undefined), and `\p{…}` is taken for its own letters. Everything else (`test`, `replace`,
 * `matchAll`, `split`) goes through `exec`, so it is enough to change that. And the flags d and v,
 * which the parser refuses in a literal, are refused by the constructor.
 */
export function patchRegExp(global: object): void {
  const NativeRegExp = RegExp;
  const proto = NativeRegExp.prototype;
  const exec = proto.exec;
  const twins = new WeakMap<RegExp, RegExp | null>();
  /** What the engine makes of a pattern with `\p{…}`; null for all others. */
  const twinOf = (regexp: RegExp): RegExp | null => {
    const known = twins.get(regexp);
    if (known !== undefined) return known;
    const { source, flags } = regexp;
    const literal = flags.includes("u") ? literalProperties(source) : source;
    const twin = literal === source ? null : new NativeRegExp(literal, flags);
    twins.set(regexp, twin);
    return twin;
  };
  const patched = native("exec", function (text: unknown) {
    const regexp = this as RegExp;
    const twin = twinOf(regexp);
    if (twin) twin.lastIndex = regexp.lastIndex;
    const found = apply(exec, twin ?? regexp, [text]) as RegExpExecArray | null;
    if (twin && (twin.global || twin.sticky)) regexp.lastIndex = twin.lastIndex;
    if (found) delete found.groups;
    return found;
  });
  method(proto, "exec", patched);

  const Patched = function (this: unknown, ...args: unknown[]): unknown {
    const flag = FLAGS.exec(`${args[1] ?? ""}`)?.[0];
    if (flag) throw new SyntaxError(`Invalid flags supplied to RegExp constructor '${flag}'`);
    return new.target
      ? construct(NativeRegExp, args, new.target)
      : apply(NativeRegExp, undefined, args);
  };
  defineProperty(Patched, "name", { value: "RegExp", configurable: true });
  defineProperty(Patched, "length", { value: 2, configurable: true });
  defineProperty(Patched, "prototype", { value: proto, writable: false });
  const species = Object.getOwnPropertyDescriptor(NativeRegExp, Symbol.species);
  if (species) defineProperty(Patched, Symbol.species, species);
  setPrototypeOf(Patched, Function.prototype);
  method(proto, "constructor", Patched);
  method(global, "RegExp", Patched);
}
