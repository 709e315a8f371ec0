import { relative } from "node:path";
import { isBelow } from "../isBelow.ts";
import { readRegularFile } from "../readRegularFile.ts";
import { visible } from "../visible.ts";
import type { Colours } from "./colours.ts";

interface Place {
  file: string | null;
  line: number | null;
  column: number | null;
}

/**
 * Returns `file:line:column`. The path is relative to the current folder if the file is below it.
 */
export function showPlace({ file, line, column }: Place): string {
  if (file === null) return "";
  const path = isBelow(file, process.cwd()) ? relative(process.cwd(), file) : file;
  return [visible(path, " "), line, column].filter((part) => part !== null).join(":");
}

/**
 * Returns a line with up to two lines before and after it, and a caret under the column. Empty if
 * the line is unknown.
 */
export function codeFrame({ file, line, column }: Place, colours: Colours): string[] {
  if (file === null || line === null) return [];
  const lines = readLines(file);
  if (lines.length < line) return [];
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 2);
  const width = `${last}`.length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const isHere = number === line;
    const text = (lines[number - 1] ?? "").slice(0, 200);
    const row = `${isHere ? ">" : " "} ${`${number}`.padStart(width)} | ${visible(text)}`.trimEnd();
    frame.push(isHere ? row : colours.dim(row));
    if (isHere && column !== null) {
      const indent = visible(text.slice(0, column - 1)).replace(/[^\t]/g, " ");
      frame.push(colours.red(`  ${" ".repeat(width)} | ${indent}^`));
    }
  }
  return frame;
}

function readLines(file: string): string[] {
  try {
    return readRegularFile(file).split(/\r?\n/);
  } catch {
    return [];
  }
}
