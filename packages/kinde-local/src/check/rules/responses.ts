import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import { type FetchResult, fetchResult } from "../fetchResult.ts";
import type { Visit } from "../NodeIndex.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Members of a browser's Response. */
const RESPONSE =
  /^(?:ok|status|statusText|headers|url|redirected|type|body|bodyUsed|json|text|arrayBuffer|blob|bytes|formData|clone)$/;

/** Finds results of a fetch that the code uses like a browser's Response. */
export function checkResponses(source: WorkflowSource): Finding[] {
  const { own } = source.analysis;
  const seen = new Set<string>();
  const uses = [
    ...own.of("MemberExpression").map(memberUse),
    ...own.of("VariableDeclarator").flatMap(patternUses),
  ];
  return uses.flatMap((use) => {
    if (!use || !RESPONSE.test(use.name)) return [];
    const result = fetchResult(use.object, source);
    if (!result || exists(use, result)) return [];
    // Each member of a variable is reported only once.
    const key = `${variableKey(use.object, source)} ${use.name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const place = source.at(use.node);
    return place ? [responseFinding(use, result, place)] : [];
  });
}

interface Use {
  object: AnyNode;
  name: string;
  node: AnyNode;
  isCalled: boolean;
}

function memberUse({ node, parent }: Visit): Use | null {
  const { object, property, computed } = node;
  if (!isNode(object) || !isNode(property)) return null;
  const name = computed === true ? property.value : property.name;
  if (typeof name !== "string") return null;
  const isCalled = parent?.type === "CallExpression" && parent.callee === node;
  return { object, name, node, isCalled };
}

/** The members that a pattern such as `const { status } = await fetch(…)` reads. */
function patternUses({ node: { id, init } }: Visit): Use[] {
  if (!isNode(id) || id.type !== "ObjectPattern" || !isNode(init)) return [];
  return (id.properties as AnyNode[]).flatMap((node) => {
    const name = isNode(node.key) ? node.key.name : undefined;
    return typeof name === "string" ? [{ object: init, name, node, isCalled: false }] : [];
  });
}

/**
 * The results of `kinde.fetch` have the members `json` and `text`, but these are values and not
 * functions.
 */
function exists({ name, isCalled }: Use, result: FetchResult): boolean {
  return result === "native" && (name === "json" || name === "text") && !isCalled;
}

function variableKey(object: AnyNode, source: WorkflowSource): string {
  const variable = source.analysis.scopes.variableOf(object);
  const declared = variable?.defs[0]?.node as unknown as AnyNode | undefined;
  return `${declared?.start ?? object.start}`;
}

function responseFinding(
  { name, isCalled }: Use,
  result: FetchResult,
  place: { file: string; line: number; column: number },
): Finding {
  const written = `${name}${isCalled ? "()" : ""}`;
  const gives = result === "data" ? "{ data }" : "{ json } or { text }";
  const why =
    result === "native" && (name === "json" || name === "text")
      ? `${name} is a value there, not a function`
      : "Kinde returns only the body";
  return finding(
    "browser-response",
    place,
    `.${written} is a member of a browser's Response. This fetch returns ${gives}: ${why}.`,
    result === "data"
      ? "Use const { data } = await fetch(…), and check what data holds."
      : "Use const { json } = kinde.fetch(…), and check what json holds.",
  );
}
