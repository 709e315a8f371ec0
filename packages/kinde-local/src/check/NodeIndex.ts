import type { AnyNode } from "./AnyNode.ts";

/** A node with the nodes around it. */
export interface Visit {
  node: AnyNode;
  /** The nearest node around it. */
  parent: AnyNode | undefined;
  /** All nodes around it, the nearest first. */
  parents: readonly AnyNode[];
}

/** The nodes of a bundle by type, so that a rule visits only the types that it needs. */
export class NodeIndex {
  readonly #byType = new Map<string, Visit[]>();

  add(visit: Visit): void {
    const known = this.#byType.get(visit.node.type);
    if (known) known.push(visit);
    else this.#byType.set(visit.node.type, [visit]);
  }

  /** The nodes of the first type in the order of the text, then those of the next type. */
  of(...types: string[]): readonly Visit[] {
    const [first = "", ...others] = types;
    if (others.length === 0) return this.#byType.get(first) ?? [];
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }
}
