import { readFileSync } from "node:fs";

/** The target of a link in a Markdown file, from between the round brackets. */
export interface Link {
  readonly line: number;
  readonly target: string;
}

/** The links and images of a Markdown file, without those in code. */
export function linksOf(file: string): Link[] {
  return proseOf(file).flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({
      line: index + 1,
      target: target ?? "",
    })),
  );
}

/** The anchors that GitHub derives from a Markdown file's headings. */
export function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const text of proseOf(file, { keepInlineCode: true })) {
    const heading = /^#{1,6} +(.+?) *#*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The lines of a Markdown file, with the lines of code blocks emptied. */
function proseOf(file: string, { keepInlineCode = false } = {}): string[] {
  let fence: string | undefined;
  return readFileSync(file, "utf8")
    .split("\n")
    .map((text) => {
      const mark = /^ *(```+|~~~+)/.exec(text)?.[1];
      if (fence === undefined && mark !== undefined) fence = mark;
      else if (fence !== undefined && mark?.startsWith(fence)) fence = undefined;
      else if (fence === undefined) return keepInlineCode ? text : text.replace(/`[^`]*`/g, "");
      return "";
    });
}
