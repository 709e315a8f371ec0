import type { OddBinding } from "../../project/readBindings.ts";
import { BINDINGS } from "../bindingNames.ts";
import { ANY, collectUses, type Use } from "../bindingUses.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/**
 * Finds bindings that are used but not declared, declared but not used, or unknown, and values of
 * bindings that Kinde cannot read.
 */
export function checkBindings(source: WorkflowSource): Finding[] {
  const { oddBinding, raw } = source.loaded.settings;
  // If `bindings` as a whole cannot be read, it declares nothing that the rules could compare.
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
    name === null ? 'Write `bindings: { "kinde.accessToken": {} }`.' : `Write \`"${name}": {}\`.`,
  );
}

/** Whether a binding is declared, or a part of it, such as "kinde.accessToken.setCustomClaim". */
function isDeclared(binding: string, declared: readonly string[]): boolean {
  return declared.some((name) => name === binding || name.startsWith(`${binding}.`));
}

function undeclared(binding: string, { place, helper }: Use, source: WorkflowSource): Finding {
  if (binding === "kinde.fetch" && helper === "createKindeAPI") {
    return finding(
      "undeclared-fetch",
      place,
      "createKindeAPI uses kinde.fetch, but the bindings do not declare it.",
      'Add "kinde.fetch": {} to the bindings, or run with --set undeclaredFetch=provided, because the hosted service seems to provide it.',
    );
  }
  if (binding.startsWith("kinde.") && !BINDINGS.includes(binding)) {
    return finding(
      "unknown-binding",
      place,
      `${binding} is used, but Kinde has no such binding.`,
      `Use one of ${BINDINGS.filter((name) => name.startsWith("kinde.")).join(", ")}.`,
    );
  }
  if (binding === "console") {
    return finding(
      "undeclared-console",
      place,
      "console is used, but the bindings do not declare it.",
      "Add console: {} to the bindings.",
    );
  }
  const through = helper === null ? "" : ` (through ${helper} of @kinde/infrastructure)`;
  const id = source.loaded.settings.id;
  return finding(
    "undeclared-binding",
    place,
    `${binding} is used${through}, but the bindings of ${id === "" ? "the workflow" : `"${id}"`} do not declare it.`,
    `Add "${binding}": {} to the bindings.`,
  );
}

/**
 * Bindings that Kinde's templates, examples and documentation declare although they do not use
 * them.
 */
const ALWAYS_DECLARED = new Set([
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
        `Kinde has no binding "${name}".`,
        `Use one of ${BINDINGS.join(", ")}.`,
      ),
    ];
  }
  const mayBeUsed = uses.has(ANY) && base.startsWith("kinde.");
  if (uses.has(base) || mayBeUsed || base === "module") return [];
  // Kinde's own code also declares the bindings of ALWAYS_DECLARED without using them. A token's
  // binding with resetClaims has an effect without any other use.
  if (ALWAYS_DECLARED.has(base) || resetsClaims(name, source)) return [];
  return [
    finding(
      "unused-binding",
      place,
      `"${name}" is declared but never used.`,
      "Remove this binding.",
    ),
  ];
}
