import { Parser } from "acorn";
import { declare, Scope, scopeOf } from "./scope.ts";

/** An ESTree node, seen loosely: what is read of it is looked at first. */
export interface AnyNode {
  type: string;
  start: number;
  end: number;
  loc?: { start: { line: number; column: number } };
  [key: string]: unknown;
}

export interface Reference {
  name: string;
  node: AnyNode;
  /** From the nearest outwards. */
  parents: AnyNode[];
}

/** A bundle taken apart: its names that nothing in it declares, and all of its nodes. */
export interface Analysis {
  program: AnyNode;
  /** References to globals, with the nodes around them. */
  globals: Reference[];
  nodes: { node: AnyNode; parents: AnyNode[] }[];
}

/** Analyses code that `findRefusedSyntax` has already found to be readable. */
export function analyse(code: string): Analysis {
  const program = Parser.parse(code, {
    ecmaVersion: "latest",
    sourceType: "script",
    locations: true,
  }) as unknown as AnyNode;
  const references: (Reference & { scope: Scope })[] = [];
  const nodes: Analysis["nodes"] = [];
  const implicit = new Set<string>();

  function visit(node: AnyNode, parents: AnyNode[], outer: Scope): void {
    nodes.push({ node, parents });
    const scope = scopeOf(node, outer);
    declare(node, outer, scope);
    if (node.type === "Identifier" && isReference(node, parents)) {
      const name = node.name as string;
      references.push({ name, node, parents, scope });
      if (isAssigned(node, parents[0])) implicit.add(name);
    }
    for (const child of children(node)) visit(child, [node, ...parents], scope);
  }

  visit(program, [], new Scope(null, true));
  const globals = references.filter(
    ({ name, scope }) => !scope.declares(name) && !implicit.has(name),
  );
  return { program, globals, nodes };
}

function isReference(node: AnyNode, [parent]: AnyNode[]): boolean {
  if (!parent) return true;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed === true;
  if (/^(?:Property|PropertyDefinition|MethodDefinition)$/.test(parent.type)) {
    return parent.value === node || parent.computed === true;
  }
  return !/^(?:LabeledStatement|BreakStatement|ContinueStatement|MetaProperty)$/.test(parent.type);
}

function isAssigned(node: AnyNode, parent: AnyNode | undefined): boolean {
  return parent?.type === "AssignmentExpression" && parent.left === node && parent.operator === "=";
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as AnyNode).type === "string";
}

function children(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  for (const key in node) {
    const value = node[key];
    // A shorthand property's key and value are one node; the value is the reference.
    if (key === "key" && node.shorthand === true) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) found.push(item);
    } else if (key !== "loc" && isNode(value)) found.push(value);
  }
  return found;
}
