import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile } from "../readRegularFile.ts";
import type { PackageFacts } from "./runners.ts";

/**
 * Reads what a project's package.json says about modules and dependencies. A file that cannot be
 * read counts as empty.
 */
export function readPackage(folder: string): PackageFacts {
  const json = parsePackage(join(folder, "package.json"));
  const names = ["dependencies", "devDependencies"].flatMap((key) => {
    const list = json[key];
    return typeof list === "object" && list !== null ? Object.keys(list) : [];
  });
  return { isModule: json.type === "module", dependencies: names };
}

function parsePackage(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    const value: unknown = JSON.parse(readRegularFile(file));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
