import { type AnyNode, isNode } from "./AnyNode.ts";
import type { Reference } from "./analyse.ts";
import { isAsked } from "./asked.ts";
import { BROUGHT_BY } from "./bindingNames.ts";
import type { Place } from "./Finding.ts";
import { isGuarded } from "./guards.ts";
import { importOf } from "./importOf.ts";
import type { WorkflowSource } from "./WorkflowSource.ts";

/**
 * The key for a use of `kinde` that may need any binding: the code passes it to a function, or
 * reads a member with a computed name.
 */
export const ANY = "kinde";

export interface Use {
  place: Place;
  /**
   * The imported function that uses the binding. Null if the author's code uses the binding
   * directly.
   */
  helper: string | null;
  /**
   * Whether the code always checks that the binding exists before it uses it. Then nothing fails
   * without the binding.
   */
  isSafe: boolean;
}

/** The bindings that a workflow uses, directly or through a function of Kinde's package. */
export function collectUses(source: WorkflowSource, declared: readonly string[]): Map<string, Use> {
  const uses = new Map<string, Use>();
  const hasKinde = declared.some((name) => name.startsWith("kinde."));
  for (const reference of source.analysis.globals) {
    if (isTypeof(reference)) continue;
    const bindings = bindingsOf(reference);
    if (bindings.length === 0 && reference.name === "kinde")
      uses.set(ANY, { place: source.settingAt(), helper: "", isSafe: false });
    for (const binding of bindings) {
      const direct = source.at(reference.node);
      const known = uses.get(binding);
      const isCertain = known?.helper === null && !known.isSafe;
      if (isCertain || binding === "kinde.cache") continue;
      const isSafe = direct !== null && asksFirst(reference, binding, hasKinde, source);
      if (direct) {
        if (!known || !isSafe) uses.set(binding, { place: direct, helper: null, isSafe });
      } else if (!known || known.isSafe)
        uses.set(binding, { ...importOf(binding, source), isSafe: false });
    }
  }
  return uses;
}

/**
 * Whether the code checks the binding before this use. If at least one `kinde.*` binding is
 * declared, `kinde` exists, so the code must check its member. Otherwise the code must check
 * `kinde` itself.
 */
function asksFirst(
  reference: Reference,
  binding: string,
  hasKinde: boolean,
  source: WorkflowSource,
): boolean {
  const { name } = reference;
  if (name !== "kinde") return isGuarded(reference, name, source);
  if (!hasKinde && !isGuarded(reference, name, source)) return false;
  return !hasKinde || isAsked(reference) || isGuarded(reference, binding, source);
}

function bindingsOf({ name, node, parents: [parent] }: Reference): string[] {
  if (Object.hasOwn(BROUGHT_BY, name)) return [BROUGHT_BY[name] as string];
  if (name !== "kinde" || !parent) return [];
  if (parent.type === "MemberExpression" && parent.object === node) {
    const property = parent.property as AnyNode;
    const member = parent.computed ? property.value : property.name;
    return typeof member === "string" ? [`kinde.${member}`] : [];
  }
  if (
    parent.type === "VariableDeclarator" &&
    isNode(parent.id) &&
    parent.id.type === "ObjectPattern"
  ) {
    return (parent.id.properties as AnyNode[]).flatMap(({ key }) =>
      isNode(key) && typeof key.name === "string" ? [`kinde.${key.name}`] : [],
    );
  }
  return [];
}

function isTypeof({ parents: [parent] }: Reference): boolean {
  return parent?.type === "UnaryExpression" && parent.operator === "typeof";
}
