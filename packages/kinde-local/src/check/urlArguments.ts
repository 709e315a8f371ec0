import { type AnyNode, isNode } from "./AnyNode.ts";
import { isApiCall, isNativeFetch } from "./fetchResult.ts";
import { packageMember } from "./packageMember.ts";
import type { BundleSource } from "./WorkflowSource.ts";

/** An expression that becomes a URL. */
export interface UrlArgument {
  url: AnyNode;
  /** The endpoint of Kinde's Management API is a path; every other URL stands for itself. */
  isPath: boolean;
}

/** What is given to the fetches, to Kinde's Management API, and to `new URL`. */
export function urlArguments(source: BundleSource): UrlArgument[] {
  const { own } = source.analysis;
  const found = [
    ...own.of("CallExpression").map(({ node }) => fetched(node, source)),
    ...own.of("NewExpression").map(({ node }) => constructed(node, source)),
  ];
  return found.flatMap((argument) => {
    if (!argument) return [];
    return [{ ...argument, url: followed(argument.url, source) }];
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

/** With a second argument the first may be relative, and has its characters escaped as they must. */
function constructed(node: AnyNode, { analysis }: BundleSource): UrlArgument | null {
  const args = node.arguments as AnyNode[];
  const [first] = args;
  const isGlobal = isNode(node.callee) && analysis.scopes.unresolved.has(node.callee);
  if (!isGlobal || (node.callee as AnyNode).name !== "URL" || !first || args.length > 1)
    return null;
  return { url: first, isPath: false };
}

/** The expression that a variable was given. */
function followed(url: AnyNode, { analysis }: BundleSource): AnyNode {
  if (url.type !== "Identifier") return url;
  return analysis.scopes.initialValueOf(url) ?? url;
}
