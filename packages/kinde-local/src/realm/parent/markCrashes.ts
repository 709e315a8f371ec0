import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import { findCrashPoints } from "../../bundle/crashPoints.ts";
import { CRASH_NAMES } from "../protocol/crashNames.ts";

const marked = new WeakMap<Bundle, string>();

/**
 * The code of a bundle, in which names that crash the realm stand where the engine crashes. They are
 * as long as what they replace, so every place in the code stays what it was.
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
