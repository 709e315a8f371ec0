import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import { findCrashPoints } from "../../bundle/crashPoints.ts";
import { CRASH_NAMES } from "../protocol/crashNames.ts";

const marked = new WeakMap<Bundle, string>();

/**
 * Replaces the names at which the engine would crash by names that end the run when they are read.
 * A new name has the same length as the old one, so all positions in the code stay the same.
 */
export function markCrashes(bundle: Bundle): string {
  const known = marked.get(bundle);
  if (known !== undefined) return known;
  let code = bundle.code;
  for (const { what, node } of findCrashPoints(code)) {
    code = code.slice(0, node.start) + CRASH_NAMES[what] + code.slice(node.end);
  }
  marked.set(bundle, code);
  return code;
}
