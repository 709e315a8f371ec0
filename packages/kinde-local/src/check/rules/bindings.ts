import type { OddBinding } from "../../project/readBindings.ts";
import { BINDINGS } from "../bindingNames.ts";
import { ANY, collectUses, type Use } from "../bindingUses.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Bindings used but not declared, declared but not used, and declared but unknown. */
export function checkBindings(source: WorkflowSource): Finding[] {
  const { oddBinding, raw } = source.loaded.settings;
  // With an odd value none of them counts at Kinde; told once, and not again for each use.
  if (oddBinding?.name === null) return [odd(oddBinding, source)];
  const declared = Object.keys(raw?.bindings ?? {});
  const uses = collectUses(source, declared);
  return [
    ...(oddBinding ? [odd(oddBinding, source)] : []),
    ...[...uses]
      .filter(
        ([binding, { isSafe }]) => binding !== ANY && !isSafe && !isDeclared(binding, declared),
      )
      .map(([binding, use]) => ({ ...undeclared(binding, use, source), subject: binding })),
    ...declared.flatMap((name) => judgeDeclared(name, uses, source)),
  ];
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
  if (binding === "kinde.fetch" && helper === "createKindeAPI") {
    return finding(
      "undeclared-fetch",
      place,
      "createKindeAPI uses kinde.fetch, and the bindings do not declare it.",
      'bindings: { "kinde.fetch": {} } in workflowSettings (or run with --set undeclaredFetch=provided, as the hosted service seems to)',
    );
  }
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
      "bindings: { console: {} } in workflowSettings",
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

/** What workflow-base-template, workflow-examples and Kinde's documentation declare without a use. */
const IN_STOCK = new Set([
  ...["console", "url", "kinde.env", "kinde.fetch", "kinde.secureFetch"],
  ...["kinde.mfa", "kinde.widget", "kinde.localization"],
]);

function resetsClaims(name: string, { loaded }: WorkflowSource): boolean {
  return loaded.settings.bindings[name]?.resetClaims === true;
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
  // Kinde's templates and examples declare these in stock. Claims are reset without a further use.
  if (IN_STOCK.has(base) || resetsClaims(name, source)) return [];
  return [
    finding(
      "unused-binding",
      place,
      `"${name}" is declared and never used.`,
      "the bindings that are used, and no others",
    ),
  ];
}
