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

/** Maps a place in the bundle (line from 1, column from 0) back to the author's source. */
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
