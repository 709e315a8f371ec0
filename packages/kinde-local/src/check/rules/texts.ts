import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import { isAscii } from "../safeText.ts";
import { valueType } from "../valueType.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Finds string methods that give wrong results for texts beyond ASCII. */
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
        'repeat() loses the first character of a text that is not ASCII alone: the engine makes "oëZoë" of "Zoë".repeat(2).',
      instead: 'Use Array(count).fill(text).join("").',
    };
  if (name === "split" && first?.type === "Literal" && first.value === "")
    return {
      message:
        'split("") keeps the two halves of a character such as 😀 together in Kinde\'s engine, and takes them apart elsewhere.',
      instead: "Use [...text], which gives whole characters everywhere.",
    };
  return null;
}
