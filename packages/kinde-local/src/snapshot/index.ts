import { toPlainJson } from "../toPlainJson.ts";
import type { Json, JsonObject } from "../types.ts";
import { stableValue } from "./stableText.ts";

/** A plugin of `pretty-format`, the library with which vitest and jest write snapshots. */
export interface SnapshotSerializer {
  test(value: unknown): boolean;
  serialize<Config>(
    value: unknown,
    config: Config,
    indentation: string,
    depth: number,
    refs: unknown[],
    printer: Printer<Config>,
  ): string;
}

type Printer<Config> = (
  value: unknown,
  config: Config,
  indentation: string,
  depth: number,
  refs: unknown[],
) => string;

/**
 * Makes `expect(run).toMatchSnapshot()` write the same text in each run: without durations, limits
 * and folders of this machine, and with placeholders for ids, times and local ports.
 *
 * @example
 * ```ts
 * import { runSerializer } from "kinde-local/snapshot";
 * import { expect } from "vitest";
 *
 * expect.addSnapshotSerializer(runSerializer);
 * ```
 */
export const runSerializer: SnapshotSerializer = {
  test: isRun,
  serialize: (value, config, indentation, depth, refs, printer) =>
    `Run ${printer(stableRun(value), config, indentation, depth, refs)}`,
};

/**
 * The members by which a run is recognized. The stable copy of a run, which the printer also passes
 * to `test`, has no `ms` and `limits`, so it does not count as a run.
 */
const MEMBERS = ["workflow", "stage", "claims", "logs", "fetches", "error", "ms", "limits"];

function isRun(value: unknown): boolean {
  return isObject(value) && MEMBERS.every((name) => Object.hasOwn(value, name));
}

/** Returns the stable copy of a run. Members that a later version adds are also in the copy. */
function stableRun(value: unknown): Json {
  const run = toPlainJson(value, "The run") as JsonObject;
  const { ms: _, limits: __, ...rest } = run;
  const { workflow, fetches, error } = rest;
  return stableValue({
    ...rest,
    workflow: isObject(workflow) ? withName(workflow) : null,
    fetches: Array.isArray(fetches) ? fetches.map(withoutTime) : [],
    error: isObject(error) ? withoutPlace(error) : null,
  });
}

/** Line and column are left out, because they change with every edit above them. */
function withoutPlace({ line: _, column: __, ...error }: JsonObject): JsonObject {
  return withName(error);
}

function withoutTime(entry: Json): Json {
  if (!isObject(entry)) return entry;
  const { ms: _, ...rest } = entry;
  return rest;
}

/** Replaces a path by the name of the file, on every operating system. */
function withName(place: JsonObject): JsonObject {
  const { file } = place;
  return typeof file === "string" ? { ...place, file: file.split(/[\\/]/).at(-1) ?? "" } : place;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
