import type { Variable } from "eslint-scope";
import type { AnyNode } from "./AnyNode.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/** The results by variable. A variable of the bundle refers to the same function at each call. */
const known = new WeakMap<Variable, string | null>();

/**
 * The name under which `@kinde/infrastructure` exports the function that is called; null for any
 * other function. The bundle contains only the package's internal names, so the name is read from
 * the author's file.
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
