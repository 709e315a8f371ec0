import type { PackageInfo } from "../packageInfo.ts";
import { scriptsFor } from "./projectFiles.ts";
import type { Runner } from "./runners.ts";

/** Matches the script `test` that `npm init` writes, which runs no tests. */
const NO_TEST = /no test specified/;

/**
 * Adds the missing scripts and the development dependency to the text of a package.json. Null if
 * nothing is missing. The indent, the line ends and the existing entries stay, except for a script
 * `test` that runs no tests.
 *
 * @throws {SyntaxError} if the text is not a JSON object
 */
export function mergePackageJson(text: string, own: PackageInfo, runner: Runner): string | null {
  const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  if (!isObject(json)) throw new SyntaxError("it is not a JSON object");
  const scripts = isObject(json.scripts) ? json.scripts : {};
  const missing = Object.entries(scriptsFor(runner)).filter(
    ([name]) => scripts[name] === undefined || NO_TEST.test(`${scripts[name]}`),
  );
  const lists = [json.dependencies, json.devDependencies].filter(isObject);
  const isInstalled = lists.some((list) => list["kinde-local"] !== undefined);
  if (missing.length === 0 && isInstalled) return null;
  const devDependencies = isObject(json.devDependencies) ? json.devDependencies : {};
  const added = {
    ...json,
    scripts: { ...scripts, ...Object.fromEntries(missing) },
    ...(isInstalled
      ? {}
      : { devDependencies: { ...devDependencies, "kinde-local": `^${own.version}` } }),
  };
  const written = `${JSON.stringify(added, null, indentOf(text))}\n`;
  return text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
}

function indentOf(text: string): string {
  return /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
