import type { JournalEntry } from "../realm/protocol/messages.ts";
import type { Effects, Json } from "../types.ts";

/**
 * Reads the decisions of the workflow other than its claims. A later decision replaces an earlier
 * one of the same kind, except that every refused field is kept.
 */
export function readEffects(journal: readonly JournalEntry[]): Effects {
  const effects: Effects = {
    accessDenied: null,
    mfaPolicy: null,
    ssoSessionPolicy: null,
    invalidFields: [],
    planSelectionDenied: null,
    planCancellationDenied: null,
  };
  for (const entry of journal) {
    if (entry.kind === "effect") apply(effects, entry.value.name, entry.value.values);
  }
  return effects;
}

function apply(effects: Effects, name: string, [first = null, second = null]: Json[]): void {
  switch (name) {
    case "denyAccess":
      effects.accessDenied = { reason: text(first) };
      break;
    case "setEnforcementPolicy":
      effects.mfaPolicy = first === "required" || first === "skip" ? first : null;
      break;
    case "setSsoSessionPolicy":
      effects.ssoSessionPolicy = text(first);
      break;
    case "invalidateFormField":
      effects.invalidFields.push({ field: text(first), message: text(second) });
      break;
    case "denySelection":
      effects.planSelectionDenied = {
        message: text(first),
        reasons: Array.isArray(second) ? second.map(text) : [],
      };
      break;
    case "denyCancellation":
      effects.planCancellationDenied = { message: text(first) };
      break;
  }
}

function text(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
