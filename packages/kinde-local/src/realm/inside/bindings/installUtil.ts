import { native, stringify } from "../language/primordials.ts";

/**
 * Installs the binding `util`. Its only member is a function `format` that supports %s, %d, %j and
 * %%.
 */
export function installUtil(global: Record<string, unknown>): void {
  global.util = { format: native("format", format) };
}

function format(template: unknown, ...args: unknown[]): string {
  let next = 0;
  const text = (template === undefined ? "" : String(template)).replace(
    /%(.)/gsu,
    (whole, verb) => {
      if (next >= args.length) return whole;
      if (verb === "%") return "%";
      if (verb === "s") return String(args[next++]);
      if (verb === "d") return String(Number(args[next++]));
      if (verb === "j") return String(stringify(args[next++]));
      return whole;
    },
  );
  return [text, ...args.slice(next).map(String)].join(" ");
}
