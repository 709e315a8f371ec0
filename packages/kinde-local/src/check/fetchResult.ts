import { type AnyNode, isFunctionNode, isNode } from "./AnyNode.ts";
import { memberPath } from "./memberPath.ts";
import { packageMember } from "./packageMember.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/**
 * The two kinds of results of a fetch at Kinde. "data": the functions of `@kinde/infrastructure`
 * and of the Management API return `{ data }`. "native": `kinde.fetch` and `kinde.secureFetch`
 * return `{ json }` or `{ text }`.
 */
export type FetchResult = "data" | "native";

/** The highest number of variables and functions through which a value is followed. */
const MAX_STEPS = 6;

/** The kind of fetch result that an expression has, or that it awaits. Null if it has none. */
export function fetchResult(
  node: unknown,
  source: BundleSource,
  steps = MAX_STEPS,
): FetchResult | null {
  if (!isNode(node) || steps === 0) return null;
  const { scopes } = source.analysis;
  switch (node.type) {
    case "AwaitExpression":
      return fetchResult(node.argument, source, steps);
    case "ChainExpression":
      return fetchResult(node.expression, source, steps);
    case "LogicalExpression":
      return fetchResult(node.left, source, steps);
    case "Identifier":
      return (
        fetchResult(scopes.initialValueOf(node), source, steps - 1) ??
        thenParameter(node, source, steps - 1) ??
        fetchResult(settledItem(node, source), source, steps - 1)
      );
    case "CallExpression":
      return callResult(node, source, steps);
    default:
      return null;
  }
}

function callResult(call: AnyNode, source: BundleSource, steps: number): FetchResult | null {
  if (isNativeFetch(call.callee)) return "native";
  const promise = caughtPromise(call);
  if (promise) return fetchResult(promise, source, steps);
  const member = packageMember(call.callee, source);
  if (member === "fetch" || member === "secureFetch" || isApiCall(call, source)) return "data";
  if (member !== null) return null;
  const fn = calledFunction(call, source);
  const [first, ...others] = fn ? returned(fn, source) : [];
  const result = fetchResult(first, source, steps - 1);
  const isAlways = others.every((other) => fetchResult(other, source, steps - 1) === result);
  return isAlways ? result : null;
}

/** The author's function that a call runs. Null if it cannot be found without running the code. */
export function calledFunction({ callee }: AnyNode, { analysis }: BundleSource): AnyNode | null {
  if (!isNode(callee)) return null;
  if (isFunctionNode(callee)) return callee;
  return callee.type === "Identifier" ? analysis.scopes.functionOf(callee) : null;
}

export function isNativeFetch(callee: unknown): boolean {
  return /^kinde\.(?:fetch|secureFetch)$/.test(memberPath(callee)?.join(".") ?? "");
}

const API_METHODS = /^(?:get|post|put|patch|delete)$/;

/** Whether a call is `api.get(…)` or similar on the result of `createKindeAPI`. */
export function isApiCall({ callee }: AnyNode, source: BundleSource): boolean {
  if (!isNode(callee) || callee.type !== "MemberExpression" || !isNode(callee.property))
    return false;
  return API_METHODS.test(String(callee.property.name)) && isApi(callee.object, source);
}

function isApi(node: unknown, source: BundleSource, steps = MAX_STEPS): boolean {
  if (!isNode(node) || steps === 0) return false;
  if (node.type === "AwaitExpression") return isApi(node.argument, source, steps);
  if (node.type === "Identifier")
    return isApi(source.analysis.scopes.initialValueOf(node), source, steps - 1);
  return node.type === "CallExpression" && packageMember(node.callee, source) === "createKindeAPI";
}

/** The expressions that a function returns. */
export function returned(fn: AnyNode, { analysis }: BundleSource): AnyNode[] {
  if (isNode(fn.body) && fn.body.type !== "BlockStatement") return [fn.body];
  return analysis.own
    .of("ReturnStatement")
    .filter(({ node }) => node.start > fn.start && node.end < fn.end)
    .filter(({ parents }) => parents.find(isFunctionNode) === fn)
    .flatMap(({ node }) => (isNode(node.argument) ? [node.argument] : []));
}

/** The `fetch(…)` in `fetch(…).catch(…)`, or null. */
function caughtPromise({ callee }: AnyNode): AnyNode | null {
  if (!isNode(callee) || callee.type !== "MemberExpression" || !isNode(callee.property))
    return null;
  const isCaught = /^(?:catch|finally)$/.test(String(callee.property.name));
  return isCaught && isNode(callee.object) ? callee.object : null;
}

/**
 * The `fetch(a)` for `first` in `const [first] = await Promise.all([fetch(a), fetch(b)])`, or null.
 */
function settledItem(identifier: AnyNode, { analysis }: BundleSource): AnyNode | null {
  const [definition] = analysis.scopes.variableOf(identifier)?.defs ?? [];
  if (definition?.type !== "Variable") return null;
  const { id, init } = definition.node as unknown as AnyNode;
  const isList = isNode(id) && id.type === "ArrayPattern";
  const call = isNode(init) && init.type === "AwaitExpression" ? init.argument : null;
  if (!isList || !isNode(call) || memberPath(call.callee)?.join(".") !== "Promise.all") return null;
  const index = (id.elements as unknown[]).indexOf(definition.name as unknown);
  const [list] = call.arguments as AnyNode[];
  const items = list?.type === "ArrayExpression" ? (list.elements as unknown[]) : [];
  const item = items[index];
  return isNode(item) ? item : null;
}

/** The kind of fetch result that `response` has in `fetch(…).then((response) => …)`, or null. */
function thenParameter(
  identifier: AnyNode,
  source: BundleSource,
  steps: number,
): FetchResult | null {
  const [definition] = source.analysis.scopes.variableOf(identifier)?.defs ?? [];
  if (definition?.type !== "Parameter") return null;
  const fn = definition.node as unknown as AnyNode;
  const [first] = fn.params as AnyNode[];
  if (first !== (definition.name as unknown)) return null;
  const visit = source.analysis.own.of(fn.type).find(({ node }) => node === fn);
  const call = visit?.parent;
  if (call?.type !== "CallExpression" || (call.arguments as AnyNode[])[0] !== fn) return null;
  const { callee } = call;
  if (!isNode(callee) || !isNode(callee.property) || callee.property.name !== "then") return null;
  return fetchResult(callee.object, source, steps);
}
