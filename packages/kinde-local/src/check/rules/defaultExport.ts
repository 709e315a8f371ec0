import { type AnyNode, isFunctionNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** A default function that is not async and returns nothing cannot give the promise Kinde needs. */
export function checkDefaultExport(source: WorkflowSource): Finding[] {
  const exported = defaultFunction(source);
  if (!exported || exported.async === true || returnsValue(exported, source)) return [];
  const place = source.at(exported) ?? { file: source.loaded.file, line: 1, column: 1 };
  return [
    finding(
      "default-not-async",
      place,
      "The default function is not async and returns nothing.",
      "export default async function workflow(event) { … }",
    ),
  ];
}

/** esbuild exports it as `default: () => name`. */
function defaultFunction({ analysis }: WorkflowSource): AnyNode | null {
  let name: unknown;
  for (const { node } of analysis.nodes) {
    if (node.type !== "Property" || !isNode(node.key) || node.key.name !== "default") continue;
    if (isNode(node.value) && isNode(node.value.body)) name = node.value.body.name;
  }
  for (const { node } of analysis.nodes) {
    if (!isNode(node.id) || node.id.name !== name) continue;
    if (node.type === "FunctionDeclaration") return node;
    if (isNode(node.init) && /Function/.test(node.init.type)) return node.init;
  }
  return null;
}

function returnsValue(fn: AnyNode, { analysis }: WorkflowSource): boolean {
  if (isNode(fn.body) && fn.body.type !== "BlockStatement") return true;
  return analysis.nodes.some(
    (visit) =>
      visit.node.type === "ReturnStatement" &&
      isNode(visit.node.argument) &&
      visit.parents.find(isFunctionNode) === fn,
  );
}
