import { type AnyNode, isFunctionNode, isNode } from "../AnyNode.ts";
import { exportedDefault, returnsValue } from "../exportedDefault.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/**
 * Finds a default function that is not async and returns nothing. It cannot return a promise, but
 * Kinde needs one.
 */
export function checkDefaultExport(source: WorkflowSource): Finding[] {
  const exported = exportedDefault(source.analysis);
  if (!exported || !isFunctionNode(exported)) return [];
  if (exported.async === true || returnsValue(exported, source.analysis)) return [];
  return [
    finding(
      "default-not-async",
      source.at(exported) ?? { file: source.loaded.file, line: 1, column: 1 },
      "The default function is not async and returns nothing.",
      "Write `export default async function workflow(event) { … }`.",
    ),
  ];
}

/**
 * The finding about `export default { async handle() {} }`, the form that other platforms use; null
 * for any other export.
 */
export function objectExport(source: WorkflowSource): Finding | null {
  const exported = exportedDefault(source.analysis);
  if (exported?.type !== "ObjectExpression") return null;
  const method = (exported.properties as AnyNode[]).find(
    ({ value }) => isNode(value) && isFunctionNode(value),
  );
  const key = isNode(method?.key) ? (method.key.name ?? method.key.value) : undefined;
  if (!method || typeof key !== "string") return null;
  const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : "workflow";
  return finding(
    "default-export",
    source.at(method) ?? { file: source.loaded.file, line: 1, column: 1 },
    `The default export is an object with the function ${key}, not a function.`,
    `Write \`export default async function ${name}(${parameters(method, source)}) { … }\`.`,
  );
}

/** The parameters as the author wrote them, without the types, which the bundler removed. */
function parameters({ value }: AnyNode, { bundle }: WorkflowSource): string {
  const params = isNode(value) ? (value.params as AnyNode[]) : [];
  return params.map(({ start, end }) => bundle.code.slice(start, end)).join(", ") || "event";
}
