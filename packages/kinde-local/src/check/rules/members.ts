import globals from "../../realm/globals.json" with { type: "json" };
import { type AnyNode, isNode } from "../AnyNode.ts";
import type { Analysis } from "../analyse.ts";
import { type Finding, finding, type Place, type Severity } from "../Finding.ts";
import { valueType } from "../valueType.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

interface Entry {
  statics?: string[];
  prototype?: string[];
}
const GLOBALS = globals.globals as Record<string, Entry>;

/**
 * Methods of newer JavaScript versions that Kinde's engine does not have. If the type of the value
 * is unknown, the finding is a warning.
 */
const NEWER =
  /^(?:(?:isWell|toWell)Formed|union|intersection|difference|symmetricDifference|is(?:Subset|Superset)Of|isDisjointFrom)$/;

const INSTEAD: Record<string, string> = {
  groupBy: "Use reduce, with a list for each key.",
  withResolvers: "Use new Promise((resolve, reject) => …).",
  fromAsync: "Use Promise.all and Array.from.",
  captureStackTrace: "Remove it: an Error has its stack.",
};

/** Finds calls of members that Kinde's engine does not have. */
export function checkMembers(source: WorkflowSource): Finding[] {
  const { analysis } = source;
  let own: Set<string> | null = null;
  return analysis.own.of("CallExpression", "NewExpression").flatMap(({ node }) => {
    const called = calledMember(node);
    const absent = called && absentOwner(called, analysis);
    if (!absent) return [];
    own ??= ownNames(source);
    const place = own.has(called.name) ? null : source.at(node);
    return place ? [memberFinding(place, called.name, absent)] : [];
  });
}

interface Absent {
  /** The text before the member's name in the message, such as "String.prototype.". */
  owner: string;
  severity?: Severity;
}

/**
 * The object that lacks the called member. For a method of NEWER, a value of unknown type also
 * counts, as a warning. Null for any other call.
 */
function absentOwner({ object, name }: Called, analysis: Analysis): Absent | null {
  if (analysis.scopes.unresolved.has(object) && lacks(String(object.name), "statics", name))
    return { owner: `${object.name}.` };
  const type = valueType(object, analysis);
  if (type !== null) return lacks(type, "prototype", name) ? { owner: `${type}.prototype.` } : null;
  const mayLack = NEWER.test(name) && object.type !== "ThisExpression";
  return mayLack ? { owner: "The method ", severity: "warning" } : null;
}

function memberFinding(place: Place, name: string, { owner, severity }: Absent): Finding {
  const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
  return finding(
    "absent-member",
    place,
    `${owner}${name} does not exist in Kinde's engine.`,
    instead ?? "Use a member that the engine has.",
    severity,
  );
}

interface Called {
  object: AnyNode;
  name: string;
}

/**
 * The member that `a.b(…)` or `new a.b(…)` calls. Null for `a.b?.(…)`, which first checks that the
 * member exists.
 */
function calledMember(node: AnyNode): Called | null {
  if (!/^(?:Call|New)Expression$/.test(node.type) || node.optional === true) return null;
  const { callee } = node;
  if (!isNode(callee) || callee.type !== "MemberExpression") return null;
  const { object, property, computed } = callee;
  if (!isNode(object) || !isNode(property)) return null;
  const name = computed ? property.value : property.name;
  return typeof name === "string" ? { object, name } : null;
}

function lacks(owner: string, list: keyof Entry, name: string): boolean {
  const members = Object.hasOwn(GLOBALS, owner) ? GLOBALS[owner]?.[list] : undefined;
  return members !== undefined && !members.includes(name) && !isInherited(owner, list, name);
}

function isInherited(owner: string, list: keyof Entry, name: string): boolean {
  const parents = ["Object"];
  if (list === "statics") parents.push("Function");
  // Error types inherit from Error, and typed arrays from %TypedArray%, which is not a global.
  if (/Error$/.test(owner)) parents.push("Error");
  if (/Array$/.test(owner) && owner !== "Array") return true;
  return parents.some((parent) => GLOBALS[parent]?.prototype?.includes(name));
}

/** The names of members that the bundle defines itself, or reads without calling them. */
function ownNames({ analysis }: WorkflowSource): Set<string> {
  const names = new Set<string>();
  for (const { node } of analysis.nodes.of("Property", "PropertyDefinition", "MethodDefinition")) {
    if (isNode(node.key)) names.add(String(node.key.name ?? node.key.value));
  }
  for (const { node, parent } of analysis.nodes.of("MemberExpression")) {
    if (!isNode(node.property)) continue;
    const isCalled =
      parent && /^(?:Call|New)Expression$/.test(parent.type) && parent.callee === node;
    if (!isCalled || parent.optional === true) {
      names.add(String(node.computed ? node.property.value : node.property.name));
    }
  }
  return names;
}
