import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../docs/support/files.ts";

/**
 * The code that a page shows under `<!-- test: title -->`.
 *
 * @param page its path in the repository, such as `README.md`
 */
export function markedBlock(page: string, title: string): string {
  const [, after] = readFileSync(join(ROOT, page), "utf8").split(`<!-- test: ${title} -->\n`);
  const block = /^```\w+\n([\s\S]*?)```/.exec(after ?? "")?.[1];
  if (block === undefined) throw new Error(`${page} has no code marked "${title}".`);
  return block;
}
