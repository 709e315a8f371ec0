import { type CrashPoint, crashPointsOf, mayCrash } from "../../bundle/crashPoints.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

const TEXTS: Record<CrashPoint["what"], { message: string; instead: string }> = {
  this: {
    message: "`this` is used in the default function, which Kinde calls without a `this`.",
    instead: "Use the function's parameters, or variables of the file.",
  },
  eval: {
    message: "`eval` is called in the default function, which Kinde calls without a `this`.",
    instead: "Write the code itself, or use JSON.parse for data.",
  },
};

/** Finds the places at which the engine crashes. */
export function checkCrashes({ analysis, at, bundle }: WorkflowSource): Finding[] {
  if (!mayCrash(bundle.code)) return [];
  return crashPointsOf(analysis.program).flatMap(({ what, node }) => {
    const place = at(node);
    const { message, instead } = TEXTS[what];
    return place ? [finding("engine-crash", place, message, instead)] : [];
  });
}
