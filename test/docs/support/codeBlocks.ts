import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { filesOf, ROOT } from "./files.ts";

/**
 * How a test checks that a code block is correct. The word follows the block's language, as in
 * ```` ```sh commands ````, where pages on GitHub and npm do not show it.
 */
export type Proof =
  /** `test: title`, here or in a comment above the block: a test reads the block by its title. */
  | "test"
  /** It is compiled, after the lines of a comment `<!-- compile after: … -->` above the block. */
  | "compile"
  /** Each command and each of its options exist. */
  | "commands"
  /** It needs an account of Kinde or Supabase, so it is not run. */
  | "account"
  /** A diagram, a list of files or an output: neither code nor a command. */
  | "shows";

export interface CodeBlock {
  /** Relative to the repository. */
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Undefined if the block has no such word. */
  readonly proof: Proof | undefined;
  /** The title of the test, or the lines before the code. */
  readonly detail: string;
}

const WORDS: readonly Proof[] = ["compile", "commands", "account", "shows"];

/** Every code block of every Markdown file of the repository. */
export function codeBlocks(): CodeBlock[] {
  return filesOf()
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => blocksOf(relative(ROOT, file), readFileSync(file, "utf8")));
}

/** The code blocks of one page. */
export function blocksOf(page: string, text: string): CodeBlock[] {
  const pattern =
    /(?:^ *<!--(?<comment>(?:(?!-->)[\s\S])*)-->\s*\n)?^(?<indent> *)```(?<info>.*)\n(?<code>[\s\S]*?)^ *```$/gm;
  return [...text.matchAll(pattern)].map(({ index, 0: whole, groups = {} }) => {
    const { comment = "", indent = "", info = "", code = "" } = groups;
    const [, language = "", word] = /^(\w*) ?(.*)$/.exec(info) ?? [];
    const [, title] = /^test: (.+)$/.exec(word || comment.trim()) ?? [];
    const [, before = ""] = /^compile after:\n([\s\S]*)$/.exec(comment.trim()) ?? [];
    const start = index + whole.indexOf(`${indent}\`\`\`${info}\n`);
    return {
      page,
      line: text.slice(0, start).split("\n").length,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      proof: title === undefined ? WORDS.find((one) => one === word) : "test",
      detail: title ?? before,
    };
  });
}
