import { Parser, type Program } from "acorn";
import type { Bundle } from "./bundleWorkflow.ts";

/** Larger trees need too much memory: the tree of a bundle of 5 MB takes several hundred MB. */
const KEPT_LENGTH = 200_000;

/** Keeps trees between the load of a workflow and its check, so that each bundle is parsed once. */
const kept = new WeakMap<Bundle, Program>();

/**
 * The tree of a bundle.
 *
 * @throws {SyntaxError} for code that is not plain JavaScript, {RangeError} for code that is nested
 *   too deeply.
 */
export function parseBundle(bundle: Bundle): Program {
  const known = kept.get(bundle);
  if (known) return known;
  const program = Parser.parse(bundle.code, {
    ecmaVersion: "latest",
    sourceType: "script",
    // For eslint-scope. Line numbers are computed only where needed: one for each node would take
    // as long as the rest.
    ranges: true,
  });
  if (bundle.code.length <= KEPT_LENGTH) kept.set(bundle, program);
  return program;
}

/** Frees the tree, which a run does not need. */
export function forgetTree(bundle: Bundle): void {
  kept.delete(bundle);
}
