import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import { isAscii } from "../safeText.ts";
import { valueType } from "../valueType.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Finds string methods that return wrong results for strings with characters beyond ASCII. */
export function checkTexts(source: WorkflowSource): Finding[] {
  return source.analysis.own.of("CallExpression").flatMap(({ node }) => {
    const { callee } = node;
    if (!isNode(callee) || callee.type !== "MemberExpression" || !isNode(callee.property))
      return [];
    const wrong = wrongMethod(String(callee.property.name), node.arguments as AnyNode[]);
    if (!wrong || !isNode(callee.object) || !mayBeText(callee.object, source)) return [];
    if (isAscii(callee.object, source)) return [];
    const place = source.at(node);
    return place ? [finding("non-ascii-text", place, wrong.message, wrong.instead)] : [];
  });
}

function mayBeText(node: AnyNode, { analysis }: WorkflowSource): boolean {
  const type = valueType(node, analysis);
  return type === null || type === "String";
}

function wrongMethod(name: string, args: readonly AnyNode[]) {
  const [first] = args;
  if (name === "repeat" && args.length === 1)
    return {
      message:
        'repeat() loses the first character of a string that has characters beyond ASCII: in the engine, "Zoë".repeat(2) returns "oëZoë".',
      instead: 'Use Array(count).fill(text).join("").',
    };
  if (name === "split" && first?.type === "Literal" && first.value === "")
    return {
      message:
        'In Kinde\'s engine, split("") keeps the two halves of a character such as 😀 together. Other engines separate them.',
      instead: "Use [...text], which returns whole characters in every engine.",
    };
  return null;
}
