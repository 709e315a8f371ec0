import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const PACKAGE = dirname(createRequire(import.meta.url).resolve("kinde-local/package.json"));

export interface Page {
  /** Relative to the package. */
  path: string;
  file: string;
  text: string;
}

/** README.md and every page of docs/. */
export const PAGES: readonly Page[] = [
  "README.md",
  ...readdirSync(join(PACKAGE, "docs")).map((name) => `docs/${name}`),
]
  .filter((path) => path.endsWith(".md"))
  .map((path) => {
    const file = join(PACKAGE, path);
    return { path, file, text: readFileSync(file, "utf8") };
  });

export interface Block {
  page: string;
  language: string;
  /** The path in the comment `<!-- file: … -->` above the block. */
  name: string | null;
  text: string;
}

/** The code blocks of some pages, all of them by default. */
export function blocksOf(pages: readonly Page[] = PAGES): Block[] {
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:<!-- file: (\S+) -->\n)?^```(\w*)(?: test: .*)?\n([\s\S]*?)^```$/gm)].map(
      ([, name = null, language = "", block = ""]) => ({ page: path, language, name, text: block }),
    ),
  );
}
