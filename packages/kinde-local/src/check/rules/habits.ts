import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import { memberPath } from "../memberPath.ts";
import type { Visit } from "../NodeIndex.ts";
import { patternNames } from "../patternNames.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Finds code that gives a wrong result in the engine, and code that logs nothing useful. */
export function checkHabits(source: WorkflowSource): Finding[] {
  // A group's name does no harm if the code never reads it.
  const readsNames = /\.groups\b|\bgroups[,:}]|\$</.test(source.bundle.code);
  return findHabits(source).filter(({ rule }) => rule !== "regexp-named-group" || readsNames);
}

function findHabits(source: WorkflowSource): Finding[] {
  return source.analysis.own.of(...TYPES).flatMap((visit) => {
    const found = DETECTORS.flatMap((detect) => detect(visit) ?? []);
    const place = found.length > 0 ? source.at(visit.node) : null;
    if (!place) return [];
    return found.map(([rule, message, instead]) => finding(rule, place, message, instead));
  });
}

type Detected = [rule: Finding["rule"], message: string, instead: string];
type Detector = (visit: Visit) => Detected[] | null;

const TYPES = ["Literal", "CallExpression", "NewExpression", "ThrowStatement"];
const DETECTORS: Detector[] = [detectPattern, detectDate, detectLog, detectThrow];

function detectPattern({ node }: Visit): Detected[] | null {
  const { pattern, flags } = patternOf(node) ?? {};
  if (pattern === undefined) return null;
  const found: Detected[] = [];
  if (/\(\?<[^=!]/.test(pattern)) {
    found.push([
      "regexp-named-group",
      "The regular expression has a named group, and the code reads groups by name.",
      "Use a numbered group: exec(…)[1], $1.",
    ]);
  }
  if (/\\[pP]\{/.test(pattern) && /u/.test(flags ?? "")) {
    found.push([
      "regexp-unicode-property",
      "The regular expression has a Unicode property escape.",
      "Write the characters or ranges themselves.",
    ]);
  }
  return found;
}

function patternOf(node: AnyNode): { pattern: string; flags: string } | null {
  if (node.type === "Literal" && node.regex)
    return node.regex as { pattern: string; flags: string };
  if (!/^(?:New|Call)Expression$/.test(node.type)) return null;
  const [pattern, flags] = node.arguments as AnyNode[];
  if (memberPath(node.callee)?.join(".") !== "RegExp" || typeof pattern?.value !== "string")
    return null;
  return { pattern: pattern.value, flags: typeof flags?.value === "string" ? flags.value : "" };
}

function detectDate({ node }: Visit): Detected[] | null {
  if (!/^(?:New|Call)Expression$/.test(node.type)) return null;
  const callee = memberPath(node.callee)?.join(".");
  const [text] = node.arguments as AnyNode[];
  const isParse = callee === "Date.parse" || (callee === "Date" && node.type === "NewExpression");
  if (!isParse || typeof text?.value !== "string" || !/^\d{4}-\d\d-\d\d \d/.test(text.value))
    return null;
  return [
    [
      "date-with-space",
      `"${text.value}" has a space between date and time.`,
      `Write "${text.value.replace(" ", "T")}".`,
    ],
  ];
}

function detectLog(visit: Visit): Detected[] | null {
  const { node } = visit;
  const path = node.type === "CallExpression" ? memberPath(node.callee) : null;
  const isText = path?.join(".") === "JSON.stringify";
  if (path?.[0] !== "console" && !isText) return null;
  const caught = visit.parents
    .filter(({ type }) => type === "CatchClause")
    .flatMap(({ param }) => patternNames(param));
  const logged = (node.arguments as AnyNode[]).find(
    ({ type, name }) => type === "Identifier" && caught.includes(String(name)),
  );
  if (!logged) return null;
  const { name } = logged;
  return [
    [
      "logged-error",
      `The whole caught value ${name} is ${isText ? "converted to JSON" : "logged"}.`,
      `Write your own message for a failed request, because its error message also holds the URL. For other errors use ${name} instanceof Error ? ${name}.message : String(${name}).`,
    ],
  ];
}

function detectThrow({ node }: Visit): Detected[] | null {
  if (
    node.type !== "ThrowStatement" ||
    !isNode(node.argument) ||
    node.argument.type !== "ObjectExpression"
  )
    return null;
  return [["thrown-object", "A plain object is thrown.", 'Use throw new Error("…").']];
}
