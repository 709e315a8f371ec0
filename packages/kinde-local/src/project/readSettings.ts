import type { FailurePolicy, JsonObject } from "../types.ts";
import { type Bindings, type OddBinding, readBindings } from "./readBindings.ts";

/** The parts of `workflowSettings` that a run needs. */
export interface Settings {
  id: string;
  trigger: string;
  failurePolicy: FailurePolicy;
  /** The bindings of a run. Empty if one of them cannot be read. */
  bindings: Bindings;
  oddBinding: OddBinding | null;
  /** The settings as exported. Null if the file exports no settings. */
  raw: JsonObject | null;
}

/**
 * Reads the settings that introspection returned. If they are missing, there is no id and there are
 * no bindings, as at Kinde. `bindings` is the JSON text of the bindings; null if JSON cannot hold
 * them.
 */
export function readSettings(raw: JsonObject | null, bindings: string | null = "null"): Settings {
  const { bindings: read, odd } = readBindings(bindings, raw?.bindings);
  return {
    id: typeof raw?.id === "string" ? raw.id : "",
    trigger: typeof raw?.trigger === "string" ? raw.trigger : "",
    failurePolicy: policyOf(raw?.failurePolicy),
    bindings: read,
    oddBinding: odd,
    raw,
  };
}

/** Everything except "continue" counts as "stop", Kinde's default, which stops the sign-in. */
function policyOf(value: unknown): FailurePolicy {
  const action = (value as { action?: unknown } | null | undefined)?.action;
  return action === "continue" ? "continue" : "stop";
}
