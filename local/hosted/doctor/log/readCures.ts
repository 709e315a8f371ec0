import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What to do for each code of the workflow's log, from docs/troubleshooting.md. */
export function readCures(repository: string): ReadonlyMap<string, string> {
  const page = readFileSync(join(repository, "docs/troubleshooting.md"), "utf8");
  const rows = page.matchAll(/^\| `([A-Z_]+)` \| .+? \| (.+) \|$/gm);
  return new Map([...rows].map(([, code = "", cure = ""]) => [code, cure]));
}
