import { Parser, type Program } from "acorn";
import type { Bundle } from "./bundleWorkflow.ts";

/** Larger trees are not worth their memory: a bundle of 5 MB has one of several hundred MB. */
const KEPT_LENGTH = 200_000;

/** Trees between the load of a workflow and its check, so that each bundle is parsed once. */
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
    // For eslint-scope. Lines are counted where one is needed: a place for each node takes as long
    // as the rest.
    ranges: true,
  });
  if (bundle.code.length <= KEPT_LENGTH) kept.set(bundle, program);
  return program;
}

/** Lets the tree go: a run needs it no longer. */
export function forgetTree(bundle: Bundle): void {
  kept.delete(bundle);
}
