import { native, stringify } from "../language/primordials.ts";

/** The binding `util` has one member, a `format` that knows %s, %d, %j and %%. */
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
