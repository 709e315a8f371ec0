import { apply, method, native } from "./primordials.ts";

/**
 * Two things that goja's regular expressions get silently wrong: named groups are matched but never
 * named (`groups` is undefined), and `\p{…}` matches nothing. Everything else (`test`, `replace`,
 * `matchAll`, `split`) goes through `exec`, so it is enough to change that.
 */
export function patchRegExp(): void {
  const exec = RegExp.prototype.exec;
  const patched = native("exec", function (text: unknown) {
    const regexp = this as RegExp;
    if (regexp.unicode && /\\[pP]\{/.test(regexp.source)) {
      if (regexp.global || regexp.sticky) regexp.lastIndex = 0;
      return null;
    }
    const found = apply(exec, regexp, [text]) as RegExpExecArray | null;
    if (found) delete found.groups;
    return found;
  });
  method(RegExp.prototype, "exec", patched);
}
