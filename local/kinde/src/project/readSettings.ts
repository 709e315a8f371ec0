import type { FailurePolicy, JsonObject } from "../types.ts";

/** `workflowSettings` as far as a run needs them. */
export interface Settings {
  id: string;
  trigger: string;
  failurePolicy: FailurePolicy;
  bindings: Record<string, { resetClaims?: boolean }>;
  /** As exported; null when nothing was. */
  raw: JsonObject | null;
}

/** Reads what the introspection found. Missing settings mean no id and no bindings, as at Kinde. */
export function readSettings(raw: JsonObject | null): Settings {
  return {
    id: typeof raw?.id === "string" ? raw.id : "",
    trigger: typeof raw?.trigger === "string" ? raw.trigger : "",
    failurePolicy: policyOf(raw?.failurePolicy),
    bindings: bindingsOf(raw?.bindings),
    raw,
  };
}

/** The default is to stop the sign-in. */
function policyOf(value: unknown): FailurePolicy {
  const action = (value as { action?: unknown } | null | undefined)?.action;
  return action === "continue" ? "continue" : "stop";
}

function bindingsOf(value: unknown): Settings["bindings"] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return value as Settings["bindings"];
}
