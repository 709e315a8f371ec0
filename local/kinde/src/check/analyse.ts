import { Parser } from "acorn";

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

class Scope {
  readonly names = new Set<string>();
  readonly parent: Scope | null;
  readonly isFunction: boolean;

  constructor(parent: Scope | null, isFunction: boolean) {
    this.parent = parent;
    this.isFunction = isFunction;
  }

  declares(name: string): boolean {
    return this.names.has(name) || (this.parent?.declares(name) ?? false);
  }

  /** Where `var` puts its names. */
  get functionScope(): Scope {
    return this.isFunction || !this.parent ? this : this.parent.functionScope;
  }
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

const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
const BLOCKS = [
  "BlockStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "SwitchStatement",
  "CatchClause",
  "ClassExpression",
  "StaticBlock",
];

export function isFunctionNode(node: AnyNode): boolean {
  return FUNCTIONS.includes(node.type);
}

function scopeOf(node: AnyNode, outer: Scope): Scope {
  if (isFunctionNode(node)) return new Scope(outer, true);
  return BLOCKS.includes(node.type) ? new Scope(outer, false) : outer;
}

function declare(node: AnyNode, outer: Scope, inner: Scope): void {
  const id = node.id as AnyNode | null | undefined;
  switch (node.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
      if (id) outer.names.add(id.name as string);
      break;
    case "FunctionExpression":
    case "ClassExpression":
      if (id) inner.names.add(id.name as string);
      break;
    case "VariableDeclaration":
      for (const declarator of node.declarations as AnyNode[]) {
        const scope = node.kind === "var" ? outer.functionScope : outer;
        for (const name of patternNames(declarator.id)) scope.names.add(name);
      }
      break;
    case "CatchClause":
      for (const name of patternNames(node.param)) inner.names.add(name);
      break;
  }
  if (!isFunctionNode(node)) return;
  if (node.type !== "ArrowFunctionExpression") inner.names.add("arguments");
  for (const param of node.params as AnyNode[]) {
    for (const name of patternNames(param)) inner.names.add(name);
  }
}

/** The names that a parameter, a declaration or a catch clause binds. */
export function patternNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name as string];
    case "ObjectPattern":
      return (pattern.properties as AnyNode[]).flatMap((part) =>
        patternNames(part.value ?? part.argument),
      );
    case "ArrayPattern":
      return (pattern.elements as unknown[]).flatMap(patternNames);
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    default:
      return [];
  }
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
