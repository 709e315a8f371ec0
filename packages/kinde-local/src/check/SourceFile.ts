import { blankComments } from "../blankComments.ts";

const PACKAGE = "@kinde/infrastructure";
const IMPORT = /\bimport\s+(?:type\s+)?([^"';]*?)\s*from\s*["']([^"']+)["']/g;

interface Import {
  /** The name that the package exports; `*` for `import * as`. */
  imported: string;
  local: string;
  /** Offset of `imported` in the source code. */
  offset: number;
}

/** A source file of the author, with its imports of Kinde's package. */
export class SourceFile {
  readonly path: string;
  readonly #text: string;
  #code: string | null = null;
  #lines: number[] | null = null;
  #imports: Import[] | null = null;

  constructor(path: string, text: string) {
    this.path = path;
    this.#text = text;
  }

  /** The source code without its comments. */
  get code(): string {
    this.#code ??= blankComments(this.#text);
    return this.#code;
  }

  /** The imports of `@kinde/infrastructure`. */
  get imports(): readonly Import[] {
    this.#imports ??= [...this.code.matchAll(IMPORT)]
      .filter(([, , specifier]) => specifier === PACKAGE)
      .flatMap((match) =>
        importsOf(match[1] ?? "", match.index + match[0].indexOf(match[1] ?? "")),
      );
    return this.#imports;
  }

  /** The function of Kinde's package to which the name at this position refers, or null. */
  packageMemberAt(line: number, column: number): string | null {
    const start = (this.#lineStarts[line - 1] ?? 0) + column - 1;
    const [name = ""] = /^[\w$]+/.exec(this.#text.slice(start, start + 200)) ?? [];
    // For `namespace.name`, the bundler reports the position of `name`.
    const [, namespace] =
      /([\w$]+)\s*\.\s*$/.exec(this.#text.slice(Math.max(0, start - 200), start)) ?? [];
    const found = this.imports.find(({ local }) => local === (namespace ?? name));
    if (!found || (namespace !== undefined) !== (found.imported === "*")) return null;
    return namespace === undefined ? found.imported : name;
  }

  /** Whether a name is used outside of its import. */
  uses(name: string): boolean {
    return (
      this.code.split(new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`)).length > 2
    );
  }

  /** Line and column, both from 1. */
  placeOf(offset: number): { line: number; column: number } {
    const starts = this.#lineStarts;
    const next = starts.findIndex((start) => start > offset);
    const line = next < 0 ? starts.length : next;
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  }

  get #lineStarts(): number[] {
    this.#lines ??= [0, ...[...this.#text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    return this.#lines;
  }
}

function importsOf(clause: string, offset: number): Import[] {
  const namespace = /\*\s*as\s+([\w$]+)/.exec(clause);
  if (namespace)
    return [{ imported: "*", local: namespace[1] ?? "", offset: offset + namespace.index }];
  const open = clause.indexOf("{");
  if (open < 0) return [];
  const names = clause.slice(open + 1, clause.lastIndexOf("}"));
  return [...names.matchAll(/(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*(?:,|$)/g)].map(
    (match) => {
      const imported = match[1] ?? "";
      const at = match.index + match[0].indexOf(imported);
      return { imported, local: match[2] ?? imported, offset: offset + open + 1 + at };
    },
  );
}
