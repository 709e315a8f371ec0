import { isNode } from "./AnyNode.ts";
import type { Analysis } from "./analyse.ts";
import { isPath } from "./guards.ts";
import { memberPath } from "./memberPath.ts";
import type { Visit } from "./NodeIndex.ts";

/**
 * Whether the code only checks that a member exists: `if (kinde.fetch)`, `typeof kinde.fetch`,
 * `!kinde.fetch`.
 */
export function isAsked({ parents }: Visit): boolean {
  const [member, ...around] = parents;
  const outer = around.find(({ type }) => type !== "ChainExpression");
  const inner = around[0]?.type === "ChainExpression" ? around[0] : member;
  if (member?.type !== "MemberExpression" || !outer) return false;
  switch (outer.type) {
    case "UnaryExpression":
      return outer.operator === "!" || outer.operator === "typeof";
    case "IfStatement":
    case "ConditionalExpression":
      return outer.test === inner;
    case "LogicalExpression":
      return outer.left === inner;
    default:
      return false;
  }
}

/**
 * Names that the code checks with `typeof` or with `in globalThis`, or that it reads as members of
 * `globalThis`.
 */
export function askedNames({ globals, own }: Analysis): Set<string> {
  const asked = new Set<string>();
  for (const { name, parent, parents } of globals) {
    if (parent?.type === "UnaryExpression" && parent.operator === "typeof") asked.add(name);
    if (name !== "globalThis") continue;
    const path = memberPath(parents[0]);
    if (path?.[1] !== undefined) asked.add(path[1]);
  }
  for (const { node } of own.of("BinaryExpression")) {
    const { operator, left, right } = node;
    if (
      operator === "in" &&
      isNode(left) &&
      typeof left.value === "string" &&
      isPath(right, "globalThis")
    )
      asked.add(left.value);
  }
  return asked;
}
