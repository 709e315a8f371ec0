import { type AnyNode, isNode } from "./AnyNode.ts";
import type { Analysis } from "./analyse.ts";

const MAX_STEPS = 6;

/**
 * The names that lead to a value, such as `["event", "context", "user", "id"]`. Variables are
 * followed back to their declarations, and later assignments are ignored. If a parameter is a
 * pattern, the path begins with the pattern's members. Empty if the path is unknown.
 */
export function valuePath(node: unknown, analysis: Analysis, steps = MAX_STEPS): string[] {
  if (!isNode(node) || steps === 0) return [];
  if (node.type === "ChainExpression") return valuePath(node.expression, analysis, steps);
  if (node.type === "MemberExpression" && isNode(node.property)) {
    const name = node.computed === true ? node.property.value : node.property.name;
    const object = valuePath(node.object, analysis, steps);
    return typeof name === "string" && object.length > 0 ? [...object, name] : [];
  }
  return node.type === "Identifier" ? identifierPath(node, analysis, steps - 1) : [];
}

function identifierPath(node: AnyNode, analysis: Analysis, steps: number): string[] {
  const [definition] = analysis.scopes.variableOf(node)?.defs ?? [];
  const declared = definition?.node as unknown as AnyNode | undefined;
  const name = definition?.name as unknown as AnyNode | undefined;
  if (!declared || !name) return [String(node.name)];
  if (definition?.type === "Parameter") {
    const path = (declared.params as AnyNode[]).map((param) => patternPath(param, name));
    return path.find((members) => members !== null && members.length > 0) ?? [String(node.name)];
  }
  if (declared.type !== "VariableDeclarator") return [];
  const members = patternPath(declared.id, name);
  if (members === null) return [];
  const init = valuePath(declared.init, analysis, steps);
  return init.length > 0 ? [...init, ...members] : [];
}

/** The members that lead from a pattern to a name; null if the pattern does not contain it. */
function patternPath(pattern: unknown, name: AnyNode): string[] | null {
  if (!isNode(pattern)) return null;
  if (pattern === name) return [];
  if (pattern.type === "AssignmentPattern") return patternPath(pattern.left, name);
  if (pattern.type !== "ObjectPattern") return null;
  for (const { key, value } of pattern.properties as AnyNode[]) {
    const rest = patternPath(value, name);
    if (rest && isNode(key)) return [String(key.name ?? key.value), ...rest];
  }
  return null;
}
