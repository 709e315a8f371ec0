import { type AnyNode, isFunctionNode, isNode } from "./AnyNode.ts";
import { calledFunction, returned } from "./fetchResult.ts";
import { memberPath } from "./memberPath.ts";
import { valueType } from "./valueType.ts";
import type { BundleSource } from "./WorkflowSource.ts";

const MAX_STEPS = 6;

interface Question {
  /** Whether a constant string is safe. */
  literal: (text: string) => boolean;
  /** Functions whose result is always safe. */
  functions: RegExp;
  source: BundleSource;
}

/**
 * Whether an expression can go into a URL unchanged: constant text, a number, or an escaped value.
 */
export function isUrlSafe(node: unknown, source: BundleSource): boolean {
  const functions = /^(?:encodeURIComponent|encodeURI|escape)$/;
  return passes(node, { literal: () => true, functions, source }, MAX_STEPS);
}

/** Whether an expression has only ASCII characters: ASCII text, a number, or an escaped value. */
export function isAscii(node: unknown, source: BundleSource): boolean {
  const functions = /^(?:encodeURIComponent|encodeURI|escape)$/;
  return passes(node, { literal: isAsciiText, functions, source }, MAX_STEPS);
}

function isAsciiText(text: string): boolean {
  return !/[^ -~\s]/.test(text);
}

function passes(node: unknown, question: Question, steps: number): boolean {
  if (!isNode(node) || steps === 0) return false;
  const { analysis } = question.source;
  const next = (inner: unknown): boolean => passes(inner, question, steps - 1);
  const type = valueType(node, analysis);
  if (type === "Number" || type === "URLSearchParams") return true;
  switch (node.type) {
    case "Literal":
      return question.literal(String(node.value));
    case "TemplateLiteral":
      return (
        (node.quasis as AnyNode[]).every(({ value }) =>
          question.literal((value as { cooked?: string }).cooked ?? ""),
        ) && (node.expressions as AnyNode[]).every(next)
      );
    case "BinaryExpression":
      return /^[<>=!]/.test(String(node.operator)) || (next(node.left) && next(node.right));
    case "UnaryExpression":
      return /^(?:!|typeof|\+|-|~)$/.test(String(node.operator));
    case "LogicalExpression":
      return next(node.left) && next(node.right);
    case "ConditionalExpression":
      return next(node.consequent) && next(node.alternate);
    case "AwaitExpression":
      return next(node.argument);
    case "ChainExpression":
      return next(node.expression);
    case "ArrayExpression":
      return (node.elements as unknown[]).every(next);
    case "Identifier":
      return next(analysis.scopes.initialValueOf(node));
    case "CallExpression":
      return callPasses(node, question, steps - 1);
    default:
      return false;
  }
}

/**
 * Methods whose result is as safe as the value on which they are called. Their arguments are not
 * checked.
 */
const KEEPING =
  /^(?:toString|trim\w*|slice|substring|substr|at|charAt|padStart|padEnd|repeat|join|concat|filter|sort|reverse|flat|toSorted|split|toFixed|toISOString|toLowerCase|toUpperCase)$/;

function callPasses(call: AnyNode, question: Question, steps: number): boolean {
  const { callee } = call;
  const args = call.arguments as AnyNode[];
  const next = (inner: unknown): boolean => passes(inner, question, steps);
  const name = memberPath(callee)?.join(".") ?? "";
  if (question.functions.test(name)) return true;
  if (name === "String") return next(args[0]);
  const fn = calledFunction(call, question.source);
  if (fn) return returnsPassing(fn, question, steps) || escapes(fn, question);
  if (!isNode(callee) || callee.type !== "MemberExpression" || !isNode(callee.property))
    return false;
  const method = String(callee.property.name);
  if (method === "toFixed" || method === "toISOString") return true;
  if (method === "map" || method === "flatMap") {
    const [fn] = args;
    if (fn?.type === "Identifier" && question.functions.test(String(fn.name))) return true;
    return fn !== undefined && isFunctionNode(fn) && returnsPassing(fn, question, steps);
  }
  return KEEPING.test(method) && next(callee.object);
}

function returnsPassing(fn: AnyNode, question: Question, steps: number): boolean {
  const results = returned(fn, question.source);
  return results.length > 0 && results.every((result) => passes(result, question, steps));
}

/**
 * Whether a function escapes at least one value. It is then trusted to escape its other values,
 * too.
 */
function escapes(fn: AnyNode, { functions, source: { analysis } }: Question): boolean {
  const calls = analysis.own.of("CallExpression", "NewExpression");
  return calls.some(({ node }) => {
    if (node.start < fn.start || node.end > fn.end) return false;
    const name = memberPath(node.callee)?.join(".") ?? "";
    return name === "URLSearchParams" || functions.test(name);
  });
}
