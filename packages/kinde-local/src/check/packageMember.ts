import type { AnyNode } from "./AnyNode.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/**
 * The function of `@kinde/infrastructure` that a callee stands for, under the name that the package
 * exports; null for anything else. The bundle has the package's inner names, so it is the author's
 * file that tells.
 */
export function packageMember(callee: unknown, source: BundleSource): string | null {
  const node = callee as AnyNode;
  if (node?.type !== "Identifier") return null;
  const place = source.at(node);
  const file = place && source.sources.find(({ path }) => path === place.file);
  return file ? file.packageMemberAt(place.line, place.column) : null;
}
