import { type AnyNode, isNode } from "../AnyNode.ts";
import type { Analysis } from "../analyse.ts";
import { type Finding, finding, type Place } from "../Finding.ts";
import { valueType } from "../valueType.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Finds calls of methods that fail only for values of one type. */
export function checkReceivers({ analysis, at }: WorkflowSource): Finding[] {
  return analysis.own.of("CallExpression").flatMap(({ node, parent }) => {
    const callee = calleeOf(node);
    if (!callee || !NAMES.test(callee.name)) return [];
    const place = at(node);
    if (!place) return [];
    const found =
      localeFinding(node, place, analysis) ?? iteratorFinding(node, parent, place, analysis);
    return found ? [found] : [];
  });
}

const NAMES = /^(?:toLocaleString|keys|values|entries)$/;

/** Only `toLocaleString` of numbers uses the argument, and throws. Other types ignore it. */
function localeFinding(node: AnyNode, place: Place, analysis: Analysis): Finding | null {
  const callee = calleeOf(node);
  if (callee?.name !== "toLocaleString") return null;
  const [locale] = node.arguments as AnyNode[];
  const type = valueType(callee.object, analysis);
  if (typeof locale?.value !== "string" || (type !== null && type !== "Number")) return null;
  return finding(
    "locale-argument",
    place,
    type === null
      ? "toLocaleString is called with a locale. If the value is a number, the call throws."
      : "toLocaleString is called with a locale, but the engine has no locales.",
    "Use toFixed(2), and add the separators yourself.",
    type === null ? "warning" : "error",
  );
}

function iteratorFinding(
  node: AnyNode,
  parent: AnyNode | undefined,
  place: Place,
  analysis: Analysis,
): Finding | null {
  const callee = calleeOf(node);
  if (!callee || !/^(?:keys|values|entries)$/.test(callee.name)) return null;
  const isIterated =
    parent?.type === "SpreadElement" ||
    (parent?.type === "ForOfStatement" && parent.right === node);
  if (!isIterated || valueType(callee.object, analysis) !== "URLSearchParams") return null;
  return finding(
    "url-iterator",
    place,
    `The result of ${callee.name}() of URLSearchParams is iterated.`,
    "Iterate over the URLSearchParams: for (const [name, value] of params).",
  );
}

/** The parts of a call such as `object.name(…)`. Null for any other node. */
function calleeOf(node: AnyNode): { object: AnyNode; name: string } | null {
  if (node.type !== "CallExpression" || !isNode(node.callee)) return null;
  const { type, object, property } = node.callee;
  if (type !== "MemberExpression" || !isNode(object) || !isNode(property)) return null;
  return typeof property.name === "string" ? { object, name: property.name } : null;
}
