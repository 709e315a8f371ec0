import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./files.ts";

/** The code that the root's README shows under `<!-- test: title -->`. */
export function readmeBlock(title: string): string {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const block = new RegExp(`<!-- test: ${title} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(
    readme,
  )?.[1];
  if (block === undefined) throw new Error(`The README has no code marked "${title}".`);
  return block;
}
