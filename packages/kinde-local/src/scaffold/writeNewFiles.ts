import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KindeError } from "../errors.ts";

/** A file to write. The path is relative to the project's folder, with `/` on every system. */
export interface NewFile {
  path: string;
  text: string;
}

export interface Written {
  written: string[];
  /** Paths of files that existed already. They are unchanged. */
  left: string[];
}

/** Writes the files that do not exist yet. Overwrites nothing. */
export function writeNewFiles(folder: string, files: readonly NewFile[]): Written {
  const result: Written = { written: [], left: [] };
  for (const { path, text } of files) {
    const isNew = writeNewFile(join(folder, ...path.split("/")), text);
    (isNew ? result.written : result.left).push(path);
  }
  return result;
}

/** @throws {KindeError} BAD_INPUT, before anything is written, if one of the files exists. */
export function refuseExisting(folder: string, files: readonly NewFile[]): void {
  const found = files.find(({ path }) => existsSync(join(folder, ...path.split("/"))));
  if (!found) return;
  throw new KindeError(
    "BAD_INPUT",
    `${found.path} exists already, and kinde-local overwrites no file. Choose another name.`,
  );
}

function writeNewFile(file: string, text: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    // With "wx" this also fails if another program has just created the file.
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new KindeError("BAD_INPUT", `Writing ${file} failed: ${message}. Check the folder.`);
  }
}
