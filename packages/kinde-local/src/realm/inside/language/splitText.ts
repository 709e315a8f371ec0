import { apply, native } from "./primordials.ts";
import { isAscii } from "./textTests.ts";
import { wellFormed } from "./wellFormed.ts";

/**
 * `String.prototype.split`. With a string as separator, the engine splits the string as UTF-8, so
 * it never separates a surrogate pair.
 */
export function splitText(split: (...args: never[]) => string[]): unknown {
  return native(
    "split",
    function (separator: unknown, limit: unknown) {
      if (typeof this !== "string" || typeof separator !== "string" || isAscii(this)) {
        return apply(split, this, [separator, limit]);
      }
      const text = wellFormed(this);
      if (separator !== "") return apply(split, text, [wellFormed(separator), limit]);
      const characters = [...text];
      return limit === undefined ? characters : characters.slice(0, (limit as number) >>> 0);
    },
    2,
  );
}
