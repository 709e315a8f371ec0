import { createRequire } from "node:module";
import type { Reference, Variable } from "eslint-scope";
import { type AnyNode, isFunctionNode, isNode } from "./AnyNode.ts";

type EslintScope = typeof import("eslint-scope");

/** Finds the variables to which the names in a bundle refer. */
export interface Scopes {
  /**
   * Identifiers that no scope declares, and that no assignment such as `name = value` creates as
   * globals.
   */
  unresolved: ReadonlySet<AnyNode>;
  variableOf(identifier: AnyNode): Variable | null;
  /** The value of a variable that is assigned only once. */
  initialValueOf(identifier: AnyNode): AnyNode | null;
  /** The function to which an identifier always refers. */
  functionOf(identifier: AnyNode): AnyNode | null;
}

export function readScopes(program: AnyNode): Scopes {
  // Loaded at its first use, because otherwise `run`, which does not need it, would start later.
  const { analyze } = createRequire(import.meta.url)("eslint-scope") as EslintScope;
  const { scopes } = analyze(program as never, { ecmaVersion: 2022, sourceType: "script" });
  const [global] = scopes;
  const through = global?.through ?? [];
  // Kinde runs a bundle as a script in sloppy mode, where `name = value` declares `name`.
  const declared = new Set(global?.set.keys());
  for (const reference of through) {
    if (reference.isWriteOnly()) declared.add(reference.identifier.name);
  }
  const variables = new Map<unknown, Variable>();
  for (const { references } of scopes) {
    for (const { identifier, resolved } of references) {
      if (resolved) variables.set(identifier, resolved);
    }
  }
  const variableOf = (identifier: AnyNode): Variable | null => variables.get(identifier) ?? null;
  const initialValueOf = (identifier: AnyNode): AnyNode | null =>
    singleValue(variableOf(identifier));
  return {
    unresolved: new Set(
      through
        .filter(({ identifier }) => !declared.has(identifier.name))
        .map(({ identifier }) => identifier as unknown as AnyNode),
    ),
    variableOf,
    initialValueOf,
    functionOf: (identifier) => {
      const [definition, second] = variableOf(identifier)?.defs ?? [];
      const node = definition?.node as unknown;
      if (definition?.type === "FunctionName" && !second && isNode(node)) return node;
      const value = initialValueOf(identifier);
      return value && isFunctionNode(value) ? value : null;
    },
  };
}

function singleValue(variable: Variable | null): AnyNode | null {
  const [definition, second] = variable?.defs ?? [];
  if (definition?.type !== "Variable" || second) return null;
  const [write, another] = variable?.references.filter((reference) => reference.isWrite()) ?? [];
  // Excludes `+=`, which also reads the variable, and patterns, which assign only a part of the
  // value.
  if (!write || another || write.isRead() || write.partial) return null;
  const value = write.writeExpr as unknown;
  return isNode(value) && !isPatternOf(write, definition.node as unknown as AnyNode) ? value : null;
}

function isPatternOf({ init }: Reference, { id }: AnyNode): boolean {
  return init === true && isNode(id) && id.type !== "Identifier";
}
