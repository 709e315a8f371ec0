import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import { isUrlSafe } from "../safeText.ts";
import { type UrlArgument, urlArguments } from "../urlArguments.ts";
import { valuePath } from "../valuePath.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Finds URLs to which no request can be sent, and values in URLs that are not escaped. */
export function checkUrls(source: WorkflowSource): Finding[] {
  const seen = new Set<AnyNode>();
  return urlArguments(source).flatMap((argument) => {
    if (seen.has(argument.url)) return [];
    seen.add(argument.url);
    return [...relativeUrl(argument, source), ...unescapedValue(argument, source)];
  });
}

function relativeUrl({ url, isPath }: UrlArgument, source: WorkflowSource): Finding[] {
  const [first] = parts(url);
  // If the URL begins with a variable, the variable may hold the origin.
  if (isPath || typeof first !== "string" || /^https?:/i.test(first)) return [];
  const place = source.at(url);
  if (!place) return [];
  const shown = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  return [
    finding(
      "relative-url",
      place,
      `The URL begins with "${shown}", not with https:// or http://.`,
      `Use the whole URL: https://api.example.com${first.startsWith("/") ? "" : "/"}${shown}.`,
    ),
  ];
}

function unescapedValue({ url, isPath }: UrlArgument, source: WorkflowSource): Finding[] {
  // If imports failed, the functions that escape the values may be missing from the bundle.
  if (source.loaded.bundle === null) return [];
  let before = "";
  const unsafe: AnyNode[] = [];
  for (const part of parts(url)) {
    if (typeof part === "string") before += part;
    else {
      const isKnown = isPath && isKindeId(part, source);
      if (isInside(before) && !isKnown && !isUrlSafe(part, source)) unsafe.push(part);
      before += "*";
    }
  }
  const [first, ...others] = unsafe;
  const place = first && (source.at(first) ?? source.at(url));
  if (!first || !place) return [];
  const names = [first, ...others].map((node) => textOf(node, source));
  return [
    finding(
      "unescaped-url-value",
      place,
      `${names.join(" and ")} ${names.length === 1 ? "goes" : "go"} into the URL unescaped: a character such as &, / or # changes the request.`,
      `Use encodeURIComponent(${names[0]}), or URLSearchParams for the query.`,
    ),
  ];
}

/** Whether a value is an id that Kinde created. Such an id has no characters that need escaping. */
function isKindeId(node: AnyNode, { analysis }: WorkflowSource): boolean {
  const path = valuePath(node, analysis).join(".");
  return /(?:^|\.)context\.(?:user\.(?:id|identityId)|organization\.code|application\.clientId|auth\.connectionId)$/.test(
    path,
  );
}

/**
 * Whether a value is certainly a part of the path or of the query, after constant text. In the
 * host, directly after the host, after a base URL, or at the beginning, the value may be a piece of
 * a URL that must not be escaped.
 */
function isInside(before: string): boolean {
  const path = before.replace(/^(?:https?:\/\/|\*)[^/?#]*/i, "");
  return /[/?#&=]/.test(path);
}

/** The parts of a template or of a sum: its constant strings and its expressions, in order. */
function parts(node: AnyNode): (string | AnyNode)[] {
  if (node.type === "Literal") return [String(node.value)];
  if (node.type === "TemplateLiteral") {
    const expressions = node.expressions as AnyNode[];
    return (node.quasis as AnyNode[]).flatMap(({ value }, i) => {
      const text = (value as { cooked?: string }).cooked ?? "";
      const expression = expressions[i];
      return [...(text === "" ? [] : [text]), ...(expression ? parts(expression) : [])];
    });
  }
  if (node.type === "BinaryExpression" && node.operator === "+")
    return [node.left, node.right].flatMap((side) => (isNode(side) ? parts(side) : []));
  return [node];
}

function textOf({ start, end }: AnyNode, { bundle }: WorkflowSource): string {
  const text = bundle.code.slice(start, end).replace(/\s+/g, " ");
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
