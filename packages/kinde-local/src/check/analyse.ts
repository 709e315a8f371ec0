import { createRequire } from "node:module";
import { Parser } from "acorn";
import type { AnyNode } from "./AnyNode.ts";
import { isNode } from "./AnyNode.ts";

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
    ranges: true,
  }) as unknown as AnyNode;
  const nodes: Analysis["nodes"] = [];
  function visit(node: AnyNode, parents: AnyNode[]): void {
    nodes.push({ node, parents });
    for (const child of children(node)) visit(child, [node, ...parents]);
  }
  visit(program, []);
  const unresolved = unresolvedNames(program);
  const globals = nodes.flatMap(({ node, parents }) =>
    unresolved.has(node) ? [{ name: String(node.name), node, parents }] : [],
  );
  return { program, globals, nodes };
}

type EslintScope = typeof import("eslint-scope");

/** The identifiers that no scope declares, and that no assignment makes a global. */
function unresolvedNames(program: AnyNode): Set<AnyNode> {
  // Loaded at its first use: `run` needs none of it, and would start later.
  const { analyze } = createRequire(import.meta.url)("eslint-scope") as EslintScope;
  const manager = analyze(program as never, { ecmaVersion: 2022, sourceType: "script" });
  const [global] = manager.scopes;
  const references = global?.through ?? [];
  // Kinde runs a bundle as a sloppy script, where `name = value` declares the name.
  const declared = new Set(global?.set.keys());
  for (const reference of references) {
    if (reference.isWriteOnly()) declared.add(reference.identifier.name);
  }
  return new Set(
    references
      .filter(({ identifier }) => !declared.has(identifier.name))
      .map(({ identifier }) => identifier as unknown as AnyNode),
  );
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
