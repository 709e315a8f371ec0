import { readFileSync } from "node:fs";

const README = readFileSync(new URL("../../../supabase/README.md", import.meta.url), "utf8");

/** The SQL that supabase/README.md shows under `<!-- test: title -->`. */
export function sqlOf(title: string): string {
  const block = README.split(`<!-- test: ${title} -->\n\`\`\`sql\n`)[1]?.split("```")[0];
  if (!block) throw new Error(`The README has no SQL marked "${title}".`);
  return block;
}
