import { type AnyNode, isNode } from "./AnyNode.ts";
import { calledFunction, isApiCall, isNativeFetch } from "./fetchResult.ts";
import { packageMember } from "./packageMember.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/** An expression that becomes a URL. */
export interface UrlArgument {
  url: AnyNode;
  /** Whether the expression is only a path, as for Kinde's Management API, and not a whole URL. */
  isPath: boolean;
}

/** The URLs in the arguments of fetches, of calls to Kinde's Management API, and of `new URL`. */
export function urlArguments(source: BundleSource): UrlArgument[] {
  const { own } = source.analysis;
  const found = [
    ...own.of("CallExpression").map(({ node }) => fetched(node, source)),
    ...own.of("NewExpression").map(({ node }) => constructed(node, source)),
  ];
  return found.flatMap((argument) => {
    if (!argument) return [];
    return followed(argument.url, source).map((url) => ({ ...argument, url }));
  });
}

function fetched(call: AnyNode, source: BundleSource): UrlArgument | null {
  const [first] = call.arguments as AnyNode[];
  if (!first || !isNode(call.callee)) return null;
  if (isNativeFetch(call.callee)) return { url: first, isPath: false };
  if (call.callee.type === "Identifier") {
    const member = packageMember(call.callee, source);
    return member === "fetch" || member === "secureFetch" ? { url: first, isPath: false } : null;
  }
  if (first.type !== "ObjectExpression" || !isApiCall(call, source)) return null;
  const endpoint = (first.properties as AnyNode[]).find(
    ({ key }) => isNode(key) && (key.name === "endpoint" || key.value === "endpoint"),
  );
  return isNode(endpoint?.value) ? { url: endpoint.value, isPath: true } : null;
}

/**
 * The URL of `new URL(…)`. With a second argument, the first may be relative, and `URL` escapes its
 * characters, so there is nothing to check.
 */
function constructed(node: AnyNode, { analysis }: BundleSource): UrlArgument | null {
  const args = node.arguments as AnyNode[];
  const [first] = args;
  const isGlobal = isNode(node.callee) && analysis.scopes.unresolved.has(node.callee);
  if (!isGlobal || (node.callee as AnyNode).name !== "URL" || !first || args.length > 1)
    return null;
  return { url: first, isPath: false };
}

/** The value of a variable, or the arguments that callers pass for a parameter. */
function followed(url: AnyNode, source: BundleSource): AnyNode[] {
  if (url.type !== "Identifier") return [url];
  const { scopes } = source.analysis;
  const value = scopes.initialValueOf(url);
  if (value) return [value];
  const handed = handedOver(url, source).map((argument) =>
    argument.type === "Identifier" ? (scopes.initialValueOf(argument) ?? argument) : argument,
  );
  return handed.length > 0 ? handed : [url];
}

/** The arguments that the calls of a function pass for a parameter. */
function handedOver(parameter: AnyNode, source: BundleSource): AnyNode[] {
  const { scopes, own } = source.analysis;
  const [definition] = scopes.variableOf(parameter)?.defs ?? [];
  if (definition?.type !== "Parameter") return [];
  const fn = definition.node as unknown as AnyNode;
  const index = (fn.params as unknown[]).indexOf(definition.name as unknown);
  if (index < 0) return [];
  return own.of("CallExpression").flatMap(({ node }) => {
    const argument = (node.arguments as AnyNode[])[index];
    return argument && calledFunction(node, source) === fn ? [argument] : [];
  });
}
