import type { OddBinding } from "../../project/readBindings.ts";
import type { AnyNode } from "../AnyNode.ts";
import { isNode } from "../AnyNode.ts";
import type { Reference } from "../analyse.ts";
import { BINDINGS, BROUGHT_BY } from "../bindingNames.ts";
import { type Finding, finding, type Place } from "../Finding.ts";
import { importOf } from "../importOf.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Bindings used but not declared, declared but not used, and declared but unknown. */
export function checkBindings(source: WorkflowSource): Finding[] {
  const { oddBinding, raw } = source.loaded.settings;
  // With an odd value none of them counts at Kinde; told once, and not again for each use.
  if (oddBinding?.name === null) return [odd(oddBinding, source)];
  const declared = Object.keys(raw?.bindings ?? {});
  const uses = collectUses(source);
  return [
    ...(oddBinding ? [odd(oddBinding, source)] : []),
    ...[...uses]
      .filter(([binding]) => binding !== ANY && !isDeclared(binding, declared))
      .map(([binding, use]) => ({ ...undeclared(binding, use, source), subject: binding })),
    ...declared.flatMap((name) => judgeDeclared(name, uses, source)),
  ];
}

/** `kinde` is handed on, or read with a computed name: any binding may be meant. */
const ANY = "kinde";

interface Use {
  place: Place;
  /** What the author imported that uses it, if it is not used directly. */
  helper: string | null;
}

function collectUses(source: WorkflowSource): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const reference of source.analysis.globals) {
    if (isTypeof(reference)) continue;
    const bindings = bindingsOf(reference);
    if (bindings.length === 0 && reference.name === "kinde")
      uses.set(ANY, { place: source.settingAt(), helper: "" });
    for (const binding of bindings) {
      const direct = source.at(reference.node);
      const known = uses.get(binding);
      if (known?.helper === null || binding === "kinde.cache") continue;
      if (direct) uses.set(binding, { place: direct, helper: null });
      else if (!known) uses.set(binding, importOf(binding, source));
    }
  }
  return uses;
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

function odd({ name, value }: OddBinding, source: WorkflowSource): Finding {
  const path = name === null ? ["bindings"] : ["bindings", name];
  const what = name === null ? "bindings" : `The binding "${name}"`;
  return finding(
    "binding-value",
    source.settingAt(...path),
    `${what} is ${value}.`,
    name === null ? 'bindings: { "kinde.accessToken": {} }' : `"${name}": {}`,
  );
}

/** "kinde.accessToken.setCustomClaim" declares a part of "kinde.accessToken". */
function isDeclared(binding: string, declared: readonly string[]): boolean {
  return declared.some((name) => name === binding || name.startsWith(`${binding}.`));
}

function undeclared(binding: string, { place, helper }: Use, source: WorkflowSource): Finding {
  if (binding.startsWith("kinde.") && !BINDINGS.includes(binding)) {
    return finding(
      "unknown-binding",
      place,
      `${binding} is used, and Kinde has no such native.`,
      `one of ${BINDINGS.filter((name) => name.startsWith("kinde.")).join(", ")}`,
    );
  }
  if (binding === "console") {
    return finding(
      "undeclared-console",
      place,
      "console is used, and the bindings do not declare it.",
      "bindings: { console: {} } in workflowSettings (or run with --set undeclaredConsole=provided, as the hosted service is said to)",
    );
  }
  const through = helper === null ? "" : ` (through ${helper} of @kinde/infrastructure)`;
  const id = source.loaded.settings.id;
  return finding(
    "undeclared-binding",
    place,
    `${binding} is used${through}, and the bindings of ${id === "" ? "the workflow" : `"${id}"`} do not declare it.`,
    `bindings: { "${binding}": {} } in workflowSettings`,
  );
}

function judgeDeclared(name: string, uses: Map<string, Use>, source: WorkflowSource): Finding[] {
  const base = name.split(".").slice(0, 2).join(".");
  const place = source.settingAt("bindings", name);
  if (!BINDINGS.includes(base)) {
    return [
      finding(
        "unknown-binding",
        place,
        `"${name}" is no binding.`,
        `one of ${BINDINGS.join(", ")}`,
      ),
    ];
  }
  const mayBeUsed = uses.has(ANY) && base.startsWith("kinde.");
  if (uses.has(base) || mayBeUsed || base === "module") return [];
  return [
    finding(
      "unused-binding",
      place,
      `"${name}" is declared and never used.`,
      "the bindings that are used, and no others",
    ),
  ];
}
