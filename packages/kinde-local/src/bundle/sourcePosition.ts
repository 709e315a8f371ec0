import { resolve } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Bundle } from "./bundleWorkflow.ts";

export interface Position {
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/**
 * Returns a function that converts an offset in the code to its line (from 1) and column (from 0).
 */
export function codePlaces(code: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let line = starts.length;
    while (line > 1 && (starts[line - 1] ?? 0) > offset) line--;
    return { line, column: offset - (starts[line - 1] ?? 0) };
  };
}

/**
 * Returns a function that converts a position in the bundle (line from 1, column from 0) to the
 * position in the source file, of the author or of a package. It returns null for a position that
 * has no source.
 */
export function sourcePositions(bundle: Bundle): (line: number, column: number) => Position | null {
  let map: TraceMap | undefined;
  const paths = new Map<string, string>();
  const pathOf = (source: string): string => {
    const path = paths.get(source) ?? resolve(bundle.mapFolder, source);
    paths.set(source, path);
    return path;
  };
  return (line, column) => {
    map ??= new TraceMap(bundle.map);
    const found = originalPositionFor(map, { line, column });
    if (found.source === null) return null;
    return {
      file: pathOf(found.source),
      line: found.line,
      column: found.column + 1,
    };
  };
}
