import { isNode } from "./AnyNode.ts";

/** The names in an expression such as `a.b.c`. Null for any other expression. */
export function memberPath(node: unknown): string[] | null {
  if (!isNode(node)) return null;
  if (node.type === "Identifier") return [String(node.name)];
  if (node.type !== "MemberExpression" || !isNode(node.property)) return null;
  const object = memberPath(node.object);
  const name = node.computed ? node.property.value : node.property.name;
  return object && typeof name === "string" ? [...object, name] : null;
}
