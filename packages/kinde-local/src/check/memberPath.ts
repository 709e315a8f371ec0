import { isNode } from "./AnyNode.ts";

/** `a.b.c` as its three names; null for anything else. */
export function memberPath(node: unknown): string[] | null {
  if (!isNode(node)) return null;
  if (node.type === "Identifier") return [String(node.name)];
  if (node.type !== "MemberExpression" || !isNode(node.property)) return null;
  const object = memberPath(node.object);
  const name = node.computed ? node.property.value : node.property.name;
  return object && typeof name === "string" ? [...object, name] : null;
}
