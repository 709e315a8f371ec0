import { type AnyNode, isNode } from "./analyse.ts";

/** The names that one function or block declares. */
export class Scope {
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

/** The scope inside a node: a new one for a function or a block. */
export function scopeOf(node: AnyNode, outer: Scope): Scope {
  if (isFunctionNode(node)) return new Scope(outer, true);
  return BLOCKS.includes(node.type) ? new Scope(outer, false) : outer;
}

/** Puts the names that a node declares into the scopes that hold them. */
export function declare(node: AnyNode, outer: Scope, inner: Scope): void {
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
