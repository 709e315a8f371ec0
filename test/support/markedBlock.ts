import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf } from "../docs/support/codeBlocks.ts";
import { ROOT } from "../docs/support/files.ts";

/**
 * Reads the code block of a page that is marked with a title: ```` ```sql test: title ````.
 *
 * @param page its path in the repository, such as `README.md`
 */
export function markedBlock(page: string, title: string): string {
  const blocks = blocksOf(page, readFileSync(join(ROOT, page), "utf8"));
  const found = blocks.find(({ proof, detail }) => proof === "test" && detail === title);
  if (found === undefined) throw new Error(`${page} has no code marked "${title}".`);
  return found.code;
}
