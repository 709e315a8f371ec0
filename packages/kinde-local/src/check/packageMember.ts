import type { Variable } from "eslint-scope";
import type { AnyNode } from "./AnyNode.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/** A variable of the bundle has the same value at every call. */
const known = new WeakMap<Variable, string | null>();

/**
 * The function of `@kinde/infrastructure` that a callee stands for, under the name that the package
 * exports; null for anything else. The bundle has the package's inner names, so it is the author's
 * file that tells.
 */
export function packageMember(callee: unknown, source: BundleSource): string | null {
  const node = callee as AnyNode;
  if (node?.type !== "Identifier") return null;
  const variable = source.analysis.scopes.variableOf(node);
  if (!variable) return null;
  const member = known.get(variable);
  if (member !== undefined) return member;
  const place = source.at(node);
  const file = place && source.sources.find(({ path }) => path === place.file);
  if (!file) return null;
  const found = file.packageMemberAt(place.line, place.column);
  known.set(variable, found);
  return found;
}
