import { type AnyNode, isNode } from "./AnyNode.ts";
import { returned } from "./fetchResult.ts";
import { memberPath } from "./memberPath.ts";
import type { Visit } from "./NodeIndex.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/**
 * Whether a node runs only after the code found that `path` ("console", "kinde.fetch") exists: in a
 * branch of `if (typeof console !== "undefined")`, after `&&`, or after an early return. The check
 * may be stored in a variable, or be in another function.
 */
export function isGuarded({ node, parents }: Visit, path: string, source: BundleSource): boolean {
  let inner = node;
  for (const outer of parents) {
    if (isBranch(outer, inner, path, source) || followsReturn(outer, inner, path, source))
      return true;
    inner = outer;
  }
  return false;
}

function isBranch(outer: AnyNode, inner: AnyNode, path: string, source: BundleSource): boolean {
  const { type } = outer;
  if (type === "IfStatement" || type === "ConditionalExpression") {
    if (outer.consequent === inner) return exists(outer.test, true, path, source);
    return outer.alternate === inner && exists(outer.test, false, path, source);
  }
  if (type !== "LogicalExpression" || outer.right !== inner) return false;
  return outer.operator !== "??" && exists(outer.left, outer.operator === "&&", path, source);
}

/** Whether an earlier statement of the same block leaves the block if `path` does not exist. */
function followsReturn(
  outer: AnyNode,
  inner: AnyNode,
  path: string,
  source: BundleSource,
): boolean {
  if (outer.type !== "BlockStatement") return false;
  const statements = outer.body as AnyNode[];
  return statements
    .slice(0, Math.max(0, statements.indexOf(inner)))
    .some(
      ({ type, test, consequent }) =>
        type === "IfStatement" && leaves(consequent) && exists(test, false, path, source),
    );
}

/**
 * Whether a branch ends with return, continue or break. A `throw` does not count, because it ends
 * the run, as the missing value would.
 */
function leaves(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === "BlockStatement") return leaves((node.body as unknown[]).at(-1));
  return /^(?:Return|Continue|Break)Statement$/.test(node.type);
}

/** Whether `path` certainly exists if the expression `test` has the truth value `outcome`. */
function exists(
  test: unknown,
  outcome: boolean,
  path: string,
  source: BundleSource,
  steps = 6,
): boolean {
  if (!isNode(test) || steps === 0) return false;
  const next = (inner: unknown, as = outcome): boolean =>
    exists(inner, as, path, source, steps - 1);
  switch (test.type) {
    case "UnaryExpression":
      return test.operator === "!" && next(test.argument, !outcome);
    case "ChainExpression":
      return next(test.expression);
    case "LogicalExpression": {
      const sides = [test.left, test.right];
      const one = test.operator === "&&" ? outcome : !outcome;
      return one ? sides.some((side) => next(side)) : sides.every((side) => next(side));
    }
    case "BinaryExpression":
      return comparison(test, path) === outcome;
    case "MemberExpression":
      return outcome && isPath(test, path);
    case "Identifier":
      return next(source.analysis.scopes.initialValueOf(test));
    case "CallExpression": {
      const fn = isNode(test.callee) ? source.analysis.scopes.functionOf(test.callee) : null;
      const [result, another] = fn ? returned(fn, source) : [];
      return another === undefined && next(result);
    }
    default:
      return false;
  }
}

/**
 * The truth value of a comparison that proves that `path` exists; null if neither truth value
 * proves it.
 */
function comparison(test: AnyNode, path: string): boolean | null {
  const { operator, left, right } = test;
  if (operator === "in")
    return isNode(left) && left.value === path && isPath(right, "globalThis") ? true : null;
  const asked = [left, right].find((side) => isNode(side) && isTypeof(side, path));
  const text = [left, right].find((side) => isNode(side) && side.type === "Literal");
  if (!asked || !isNode(text)) return null;
  const isUndefined = text.value === "undefined" || text.value === "u";
  // esbuild writes `typeof a < "u"` for `typeof a !== "undefined"`.
  if (/^!==?$/.test(String(operator)) || operator === "<") return isUndefined;
  return !isUndefined;
}

function isTypeof(node: AnyNode, path: string): boolean {
  return (
    node.type === "UnaryExpression" && node.operator === "typeof" && isPath(node.argument, path)
  );
}

export function isPath(node: unknown, path: string): boolean {
  const inner = isNode(node) && node.type === "ChainExpression" ? node.expression : node;
  const found = memberPath(inner)?.join(".");
  return found === path || found === `globalThis.${path}`;
}
