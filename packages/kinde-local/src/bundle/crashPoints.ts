import { type Node, Parser } from "acorn";
import { full, fullAncestor } from "acorn-walk";

/** A node of a parsed bundle with loose types: each member is checked before it is used. */
export interface Tree {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** A position in a bundle at which Kinde's engine crashes. */
export interface CrashPoint {
  what: "this" | "eval";
  /** The node of the word `this` or `eval`. */
  node: Tree;
}

/**
 * Finds each `this` of the default function, which Kinde calls without a `this`, and each direct
 * call of `eval` that could read it. (Observed: the engine dereferences nil. In a recorded case, a
 * call of `eval` in another function works.)
 */
export function findCrashPoints(code: string): CrashPoint[] {
  if (!mayCrash(code)) return [];
  const program = Parser.parse(code, { ecmaVersion: "latest", sourceType: "script" });
  return crashPointsOf(program as unknown as Tree);
}

/** Whether a bundle contains `this` or a call of `eval`. Few bundles do. */
export function mayCrash(code: string): boolean {
  return /\bthis\b|\beval\s*\(/.test(code);
}

export function crashPointsOf(program: Tree): CrashPoint[] {
  const found: CrashPoint[] = [];
  const names = defaultNames(program);
  fullAncestor(program as unknown as Node, (node, _state, ancestors) => {
    const tree = node as unknown as Tree;
    const isThis = tree.type === "ThisExpression";
    // `eval?.(…)` is not a direct call.
    const isCall = tree.type === "CallExpression" && tree.optional !== true;
    const isEval = isCall && isNamed(tree.callee, "eval");
    if (!isThis && !isEval) return;
    const owner = ownerOfThis(ancestors as unknown as Tree[]);
    if (!owner || !isDefault(owner, names)) return;
    found.push(isThis ? { what: "this", node: tree } : { what: "eval", node: tree.callee as Tree });
  });
  return found;
}

/**
 * The function to which a `this` belongs, after its parent nodes. Null in a field or a static block
 * of a class, and at the top level.
 */
function ownerOfThis(ancestors: readonly Tree[]): Tree[] | null {
  for (let i = ancestors.length - 2; i >= 0; i--) {
    const node = ancestors[i] as Tree;
    if (node.type === "StaticBlock") return null;
    if (node.type === "PropertyDefinition" && node.value === ancestors[i + 1]) return null;
    if (/^Function(?:Declaration|Expression)$/.test(node.type)) return ancestors.slice(0, i + 1);
  }
  return null;
}

/**
 * Whether a function is the default function. It must be at the top level: inside another function,
 * the same name is another function.
 */
function isDefault(owner: readonly Tree[], names: ReadonlySet<string>): boolean {
  const [program, statement, declarator, fn] = owner;
  if (program?.type !== "Program") return false;
  if (owner.length === 2) return names.has(nameOf(statement?.id));
  const isAssigned = owner.length === 4 && declarator?.init === fn;
  return isAssigned && names.has(nameOf(declarator?.id));
}

/**
 * The names of the default function. esbuild writes `default: () => name`, where `name` may be a
 * variable that holds a function with another name.
 */
function defaultNames(program: Tree): Set<string> {
  const names = new Set<string>();
  const aliases = new Map<string, string>();
  full(program as unknown as Node, (node) => {
    const { type, key, value, id, init } = node as unknown as Tree;
    if (type === "VariableDeclarator" && nameOf(init) !== "") aliases.set(nameOf(id), nameOf(init));
    if (type !== "Property" || !isNamed(key, "default")) return;
    const { body } = (value ?? {}) as Partial<Tree>;
    if (nameOf(body) !== "") names.add(nameOf(body));
  });
  for (const name of names) {
    const alias = aliases.get(name);
    if (alias !== undefined) names.add(alias);
  }
  return names;
}

function isNamed(node: unknown, name: string): boolean {
  return nameOf(node) === name;
}

function nameOf(node: unknown): string {
  const { type, name } = (node ?? {}) as { type?: unknown; name?: unknown };
  return type === "Identifier" && typeof name === "string" ? name : "";
}
