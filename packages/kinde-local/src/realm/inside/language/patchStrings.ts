import { apply, method, native } from "./primordials.ts";

/**
 * The engine has no locales: `localeCompare` takes no options (no numeric order), and the
 * `toLocale…Case` methods are the plain ones.
 */
export function patchStrings(): void {
  const proto = String.prototype;
  const { localeCompare, toUpperCase, toLowerCase } = proto;
  const replace = (name: string, run: (self: unknown, args: unknown[]) => unknown): void =>
    method(
      proto,
      name,
      native(name, function (...args: unknown[]) {
        return run(this, args);
      }),
    );
  replace("localeCompare", (self, [that]) => apply(localeCompare, self, [that]));
  replace("toLocaleUpperCase", (self) => apply(toUpperCase, self, []));
  replace("toLocaleLowerCase", (self) => apply(toLowerCase, self, []));
}
