import type { Program } from "acorn";
import { type AnyNode, isNode } from "./AnyNode.ts";
import { NodeIndex, type Visit } from "./NodeIndex.ts";
import { readScopes, type Scopes } from "./scopes.ts";

export interface Reference extends Visit {
  name: string;
}

/** The analysis of a bundle: its nodes, its scopes, and the globals to which it refers. */
export interface Analysis {
  program: AnyNode;
  /** References to globals, with their parent nodes. */
  globals: Reference[];
  nodes: NodeIndex;
  /** The nodes of the author's files and of the bundler, without those of packages. */
  own: NodeIndex;
  scopes: Scopes;
}

/**
 * Analyses the tree of a bundle. `isForeign` recognizes statements of packages, which most rules
 * ignore.
 */
export function analyse(tree: Program, isForeign: (statement: AnyNode) => boolean): Analysis {
  const program = tree as unknown as AnyNode;
  const top = new Visited(program, null);
  const nodes = new NodeIndex();
  const own = new NodeIndex();
  function visit(node: AnyNode, around: Visited, isOwn: boolean): void {
    const visited = new Visited(node, around);
    nodes.add(visited);
    if (isOwn) own.add(visited);
    forEachChild(node, (child) => visit(child, visited, isOwn));
  }
  forEachChild(program, (statement) => visit(statement, top, !isForeign(statement)));
  const scopes = readScopes(program);
  const globals = nodes
    .of("Identifier")
    .filter(({ node }) => scopes.unresolved.has(node))
    .map(({ node, parent, parents }) => ({ name: String(node.name), node, parent, parents }));
  return { program, globals, nodes, own, scopes };
}

class Visited implements Visit {
  readonly node: AnyNode;
  readonly #around: Visited | null;
  #parents: readonly AnyNode[] | null = null;

  constructor(node: AnyNode, around: Visited | null) {
    this.node = node;
    this.#around = around;
  }

  get parent(): AnyNode | undefined {
    return this.#around?.node;
  }

  /** Computed only for the few nodes for which a rule needs it. */
  get parents(): readonly AnyNode[] {
    if (this.#parents) return this.#parents;
    const parents: AnyNode[] = [];
    for (let at = this.#around; at; at = at.#around) parents.push(at.node);
    this.#parents = parents;
    return parents;
  }
}

/** Members of a node that never contain nodes. */
const PLAIN = new Set(["type", "start", "end", "range", "name", "operator", "raw"]);

/** For each type, the members that may contain nodes. All nodes of a type have the same members. */
const MEMBERS = new Map<string, readonly string[]>([
  ["Identifier", []],
  ["Literal", []],
  ["TemplateElement", []],
]);

function membersOf(node: AnyNode): readonly string[] {
  const known = MEMBERS.get(node.type);
  if (known) return known;
  const members = Object.keys(node).filter((key) => !PLAIN.has(key));
  MEMBERS.set(node.type, members);
  return members;
}

function forEachChild(node: AnyNode, take: (child: AnyNode) => void): void {
  for (const key of membersOf(node)) {
    const value = node[key];
    if (typeof value !== "object" || value === null) continue;
    // The key and the value of a shorthand property are the same node. Only the value is a
    // reference.
    if (key === "key" && node.shorthand === true) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) take(item);
    } else if (isNode(value)) take(value);
  }
}
