import type { AnyNode } from "../AnyNode.ts";
import { isFunctionNode } from "../AnyNode.ts";
import { defaultIdentifier, exportedDefault, returnsValue } from "../exportedDefault.ts";
import { type Finding, finding, wholeFile } from "../Finding.ts";
import type { BundleSource } from "../WorkflowSource.ts";

const INSTEAD = "Write `export default async function Page(event) { … }`.";

/**
 * Checks the default export of a page. It reports nothing if the export cannot be found without
 * running the code.
 */
export function checkPageExport(file: string, source: BundleSource): Finding[] {
  const { analysis, bundle } = source;
  if (!defaultIdentifier(analysis)) {
    const isCommonJs = /\bmodule\.exports\b(?!=__toCommonJS)|\bexports\./.test(bundle.code);
    return isCommonJs
      ? []
      : [finding("default-export", wholeFile(file), "The page has no default export.", INSTEAD)];
  }
  const exported = exportedDefault(analysis);
  if (!exported) return [];
  const place = source.at(exported) ?? wholeFile(file);
  if (!isFunctionNode(exported)) {
    return isPlainValue(exported)
      ? [
          finding(
            "default-export",
            place,
            "The default export of the page is not a function.",
            INSTEAD,
          ),
        ]
      : [];
  }
  if (exported.async === true) return [];
  // The function may return a promise without being async, or Kinde may render its result directly.
  // Kinde does not document this.
  const severity = returnsValue(exported, analysis) ? "warning" : "error";
  return [
    finding("default-not-async", place, "The page's function is not async.", INSTEAD, severity),
  ];
}

function isPlainValue({ type }: AnyNode): boolean {
  return /^(?:Object|Array)Expression$|Literal$/.test(type);
}
