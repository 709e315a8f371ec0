import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { didYouMean } from "../closest.ts";
import { KindeError } from "../errors.ts";

export interface Section {
  /** A rule of check, or the code of an error. */
  name: string;
  /** Markdown, without the heading. */
  text: string;
}

/** Reads the sections of docs/rules.md, which is part of the package. */
export function readSections(): Section[] {
  const folder = dirname(createRequire(import.meta.url).resolve("kinde-local/package.json"));
  const page = readFileSync(join(folder, "docs/rules.md"), "utf8");
  return [...page.matchAll(/^### `([^`]+)`\n+([\s\S]*?)(?=^##|$(?![\s\S]))/gm)].map(
    ([, name = "", text = ""]) => ({ name, text: text.trim() }),
  );
}

/** @throws {KindeError} BAD_OPTION for a name that is neither a rule nor a code */
export function findSection(name: string): Section {
  const sections = readSections();
  const found = sections.find((section) => section.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = sections.map((section) => section.name);
  throw new KindeError(
    "BAD_OPTION",
    `"${name}" is neither a rule nor a code. ${didYouMean(name, names)}\`kinde-local explain\` lists all of them.`,
  );
}
