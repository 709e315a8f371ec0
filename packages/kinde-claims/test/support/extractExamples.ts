import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface Example {
  /** The location of the example: `src/claims/defineClaims.ts, line 20`. */
  readonly place: string;
  readonly code: string;
}

/** Returns the code of every `@example` in the sources and of every `ts` block in the README. */
export function extractExamples(root: string): Example[] {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(root, "src", name));
  return [...sources, join(root, "README.md")].flatMap((path) =>
    blocksOf(readFileSync(path, "utf8")).map(({ line, code }) => ({
      place: `${relative(root, path)}, line ${line}`,
      code,
    })),
  );
}

/** Counts the `@example` tags in the sources. */
export function countExampleTags(root: string): number {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(root, "src", name), "utf8").split("@example").length - 1)
    .reduce((sum, count) => sum + count, 0);
}

function blocksOf(text: string): { line: number; code: string }[] {
  const blocks = text.matchAll(/^( \* )?```ts.*\n([\s\S]*?)^( \* )?```$/gm);
  return [...blocks].map(({ index, 2: code = "" }) => ({
    line: text.slice(0, index).split("\n").length,
    code: code.replaceAll(/^ \*( |$)/gm, ""),
  }));
}
