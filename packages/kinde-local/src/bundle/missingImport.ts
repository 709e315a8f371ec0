import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { closest } from "../closest.ts";

/** An import of something that does not exist. */
export interface MissingImport {
  what: "export" | "file" | "package";
  /**
   * The imported name if an export is missing, and otherwise the missing file or package, as the
   * import names it.
   */
  name: string;
  /** The package, or the name of the file, that has no such export. */
  from: string | null;
  /** The absolute path of the file that has no such export, or that imports a missing file. */
  file: string | null;
  /** The existing name that the author probably meant; null if no name is similar. */
  meant: string | null;
}

/** The parts of a bundler message that are used. Only `text` says which import failed. */
interface Message {
  text: string;
  location: { file: string } | null;
  notes: readonly { text: string }[];
}

const NO_EXPORT = /^No matching export in "([^"]+)" for import "([^"]+)"$/;
const UNDEFINED = /^Import "([^"]+)" will always be undefined because .* in "([^"]+)"$/;

/**
 * Parses a message of esbuild, which ran in `folder`. Returns null if the message is not about a
 * missing import.
 */
export function missingImport(message: Message, folder: string): MissingImport | null {
  const unresolved = /^Could not resolve "([^"]+)"$/.exec(message.text)?.[1];
  if (unresolved !== undefined) return missingModule(unresolved, message, folder);
  const [, from, name] = NO_EXPORT.exec(message.text) ?? swap(UNDEFINED.exec(message.text));
  if (from === undefined || name === undefined) return null;
  const suggested = /^Did you mean to import "([^"]+)" instead\?$/;
  const note = message.notes.map(({ text }) => suggested.exec(text)?.[1]).find(Boolean);
  const isPackage = from.includes("@kinde/infrastructure");
  return {
    what: "export",
    name,
    from: isPackage ? "@kinde/infrastructure" : basename(from),
    file: resolve(folder, from),
    meant: name === "default" ? null : (note ?? closest(name, exportsOf(resolve(folder, from)))),
  };
}

function swap(match: RegExpExecArray | null): string[] {
  return match ? [match[0], match[2] ?? "", match[1] ?? ""] : [];
}

function missingModule(name: string, { location }: Message, folder: string): MissingImport {
  if (!/^[./]/.test(name))
    return {
      what: "package",
      name,
      from: null,
      file: null,
      meant: closest(name, ["@kinde/infrastructure"]),
    };
  const importer = resolve(folder, location?.file ?? ".");
  const meant = closestFile(name, dirname(importer));
  return { what: "file", name, from: null, file: importer, meant: meant === name ? null : meant };
}

/** The path with the most similar name of an existing file as its last part, or null. */
function closestFile(name: string, importer: string): string | null {
  const wanted = basename(name);
  const hasExtension = extname(wanted) !== "";
  const names = filesIn(dirname(resolve(importer, name))).map((file) =>
    hasExtension ? file : basename(file, extname(file)),
  );
  const found = closest(wanted, names);
  return found && `${name.slice(0, name.length - wanted.length)}${found}`;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The names that a module exports, as far as a search in its text finds them. */
function exportsOf(file: string): string[] {
  try {
    const text = readFileSync(file, "utf8");
    const lists = [...text.matchAll(/\bexport\s*\{([^}]*)\}/g)].flatMap(([, list = ""]) =>
      list.split(",").map(
        (item) =>
          item
            .trim()
            .split(/\s+as\s+/)
            .at(-1) ?? "",
      ),
    );
    const declared = [
      ...text.matchAll(/\bexport\s+(?:async\s+)?(?:const|let|var|function|class|enum)\s+([\w$]+)/g),
    ];
    return [...lists, ...declared.map(([, name = ""]) => name)].filter((name) => name !== "");
  } catch {
    return [];
  }
}
