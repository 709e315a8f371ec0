import type { Env } from "../../types.ts";
import { type AnyNode, isFunctionNode, isNode } from "../AnyNode.ts";
import type { Analysis } from "../analyse.ts";
import { type Finding, finding, wholeFile } from "../Finding.ts";
import { memberPath } from "../memberPath.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

const MAX_NAME = 128;
const MAX_VALUE = 2_048;

/**
 * Finds variables that the workflow reads by a constant name, but that the env file does not have.
 */
export function checkVariables(source: WorkflowSource, env: Env): Finding[] {
  const findings: Finding[] = [];
  for (const [name, node] of variablesRead(source)) {
    if (Object.hasOwn(env, name)) continue;
    const place = source.at(node) ?? wholeFile(source.loaded.file);
    findings.push(
      finding(
        "missing-variable",
        place,
        `The workflow reads the variable ${name}, but the env file does not have it.`,
        `Add ${name}=… to the env file, and the variable to Kinde's dashboard.`,
      ),
    );
  }
  return findings;
}

/** Reports names and values that are longer than Kinde allows. No finding contains a value. */
export function checkVariableSizes(env: Env, file: string): Finding[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const length = (typeof value === "string" ? value : value.value).length;
    if (name.length <= MAX_NAME && length <= MAX_VALUE) return [];
    const what = name.length > MAX_NAME ? `name has ${name.length}` : `value has ${length}`;
    return [
      finding(
        "variable-size",
        wholeFile(file),
        `The variable ${name.slice(0, 40)}: its ${what} characters.`,
        "Make it shorter.",
      ),
    ];
  });
}

/**
 * The names of the variables that the code reads with `kinde.env.get`, or with a function that
 * passes its parameter to it.
 */
function variablesRead({ analysis }: WorkflowSource): Map<string, AnyNode> {
  const readers = new Set<string>();
  const constants = constantStrings(analysis);
  const isRead = (callee: unknown): boolean => {
    const path = memberPath(callee);
    return (
      path?.join(".") === "kinde.env.get" || (path?.length === 1 && readers.has(path[0] ?? ""))
    );
  };
  // Repeated once, because a function of the author can call the package's function, which calls
  // kinde.env.get.
  for (let round = 0; round < 2; round++) {
    for (const visit of analysis.nodes.of("CallExpression")) {
      const { node } = visit;
      if (!isRead(node.callee)) continue;
      const [argument] = node.arguments as AnyNode[];
      const { parents } = visit;
      const reader = parents.find(isFunctionNode);
      const [first] = (reader?.params ?? []) as AnyNode[];
      if (argument?.type === "Identifier" && first?.name === argument.name) {
        const name = functionName(reader, parents);
        if (name !== null) readers.add(name);
      }
    }
  }
  const names = new Map<string, AnyNode>();
  for (const { node } of analysis.nodes.of("CallExpression")) {
    if (!isRead(node.callee)) continue;
    const [argument] = node.arguments as AnyNode[];
    const name =
      argument?.type === "Identifier" ? constants.get(String(argument.name)) : argument?.value;
    if (typeof name === "string" && !names.has(name)) names.set(name, node);
  }
  return names;
}

function functionName(reader: AnyNode | undefined, parents: readonly AnyNode[]): string | null {
  if (!reader) return null;
  if (isNode(reader.id)) return String(reader.id.name);
  const holder = parents[parents.indexOf(reader) + 1];
  return holder?.type === "VariableDeclarator" && isNode(holder.id) ? String(holder.id.name) : null;
}

function constantStrings({ nodes }: Analysis): Map<string, string> {
  const found = new Map<string, string>();
  for (const { node } of nodes.of("VariableDeclarator")) {
    const { id, init } = node;
    if (!isNode(id) || !isNode(init)) continue;
    if (typeof init.value === "string") found.set(String(id.name), init.value);
  }
  return found;
}
