import { type AnyNode, isNode } from "./AnyNode.ts";
import type { Analysis } from "./analyse.ts";
import { memberPath } from "./memberPath.ts";

/**
 * The name of the constructor of an expression's value, such as "String". The code must show it: a
 * literal, `new`, arithmetic, a call such as `Number(…)`, the member `searchParams`, or a variable
 * that is assigned only once. Null if the type is unknown.
 */
export function valueType(node: unknown, analysis: Analysis): string | null {
  if (!isNode(node)) return null;
  switch (node.type) {
    case "Literal":
      return literalType(node);
    case "TemplateLiteral":
      return "String";
    case "ArrayExpression":
      return "Array";
    case "NewExpression":
      return memberPath(node.callee)?.join(".") ?? null;
    case "UnaryExpression":
      return node.operator === "+" ? "Number" : null;
    case "BinaryExpression":
      return arithmeticType(node, analysis);
    case "CallExpression":
      return callType(node);
    case "MemberExpression":
      return isNode(node.property) && node.property.name === "searchParams"
        ? "URLSearchParams"
        : null;
    case "Identifier":
      return variableType(node, analysis);
    default:
      return null;
  }
}

function literalType({ value, regex }: AnyNode): string | null {
  if (regex) return "RegExp";
  if (typeof value === "string") return "String";
  return typeof value === "number" ? "Number" : null;
}

function callType({ callee }: AnyNode): string | null {
  const name = memberPath(callee)?.join(".") ?? "";
  if (name === "String") return name;
  return /^(?:Number|Math\.\w+|parseInt|parseFloat)$/.test(name) ? "Number" : null;
}

/**
 * The type is certain only if one operand is known to be a Number: the result of two BigInts is a
 * BigInt.
 */
function arithmeticType({ operator, left, right }: AnyNode, analysis: Analysis): string | null {
  if (!/^(?:[-*/%]|\*\*)$/.test(String(operator))) return null;
  const isNumber = [left, right].some((side) => valueType(side, analysis) === "Number");
  return isNumber ? "Number" : null;
}

function variableType(identifier: AnyNode, analysis: Analysis): string | null {
  const value = analysis.scopes.initialValueOf(identifier);
  // A variable whose value is another variable is not followed, because that could loop.
  return value && value.type !== "Identifier" ? valueType(value, analysis) : null;
}
