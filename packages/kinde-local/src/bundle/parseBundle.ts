import { Parser, type Program } from "acorn";
import type { Bundle } from "./bundleWorkflow.ts";

/**
 * The size of the largest bundle whose tree is kept, because larger trees need too much memory: the
 * tree of a bundle of 5 MB needs several hundred MB.
 */
const KEPT_LENGTH = 200_000;

/**
 * The kept trees, from the loading of a workflow to its check, so that these bundles are parsed
 * only once.
 */
const kept = new WeakMap<Bundle, Program>();

/**
 * Returns the syntax tree of a bundle.
 *
 * @throws {SyntaxError} for code that is not plain JavaScript, {RangeError} for code that is nested
 * too deeply.
 */
export function parseBundle(bundle: Bundle): Program {
  const known = kept.get(bundle);
  if (known) return known;
  const program = Parser.parse(bundle.code, {
    ecmaVersion: "latest",
    sourceType: "script",
    // eslint-scope needs ranges. Line numbers are computed later and only where needed, because
    // computing them for all nodes would double the time.
    ranges: true,
  });
  if (bundle.code.length <= KEPT_LENGTH) kept.set(bundle, program);
  return program;
}

/** Frees the tree. A run does not need it. */
export function forgetTree(bundle: Bundle): void {
  kept.delete(bundle);
}
