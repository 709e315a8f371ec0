import { type AnyNode, isFunctionNode, isNode } from "./AnyNode.ts";
import type { Analysis } from "./analyse.ts";

/**
 * Finds the value of a bundle's default export. Null if the bundle has none, or if it
 * cannot be found without running the code.
 */
export function exportedDefault(analysis: Analysis): AnyNode | null {
  const name = defaultIdentifier(analysis);
  return name && resolve(name, analysis);
}

/**
 * Finds the name of the default export. esbuild writes `default: () => name`, where `name` may be a
 * variable that holds the function.
 */
export function defaultIdentifier({ own }: Analysis): AnyNode | null {
  for (const { node } of own.of("Property")) {
    if (!isNode(node.key) || node.key.name !== "default") continue;
    const { value } = node;
    if (isNode(value) && isNode(value.body) && value.body.type === "Identifier") return value.body;
  }
  return null;
}

function resolve(name: AnyNode, { scopes }: Analysis): AnyNode | null {
  let found = scopes.functionOf(name) ?? scopes.initialValueOf(name);
  for (let steps = 0; found?.type === "Identifier" && steps < 5; steps++) {
    found = scopes.functionOf(found) ?? scopes.initialValueOf(found);
  }
  return found;
}

/** Whether a function returns a value. */
export function returnsValue(fn: AnyNode, { nodes }: Analysis): boolean {
  if (isNode(fn.body) && fn.body.type !== "BlockStatement") return true;
  return nodes
    .of("ReturnStatement")
    .some(({ node, parents }) => isNode(node.argument) && parents.find(isFunctionNode) === fn);
}
