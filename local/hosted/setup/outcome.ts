import type { Action, Step, Vendor } from "./step.ts";

/** The result of a step, in a plan or after it was applied. */
export interface Outcome {
  readonly step: Step;
  readonly status: Status;
  /** Without secrets. */
  readonly detail: string;
}

export type Status =
  | Action
  /** Applied, and read again. */
  | "done"
  /** Settings are missing, or the step has another reason (`Step.leftOut`). */
  | "leftOut"
  /** A step before it has to be done first. */
  | "blocked"
  /** It could not be read or applied. */
  | "failed";

/** The actions that the set-up carries out itself. */
export const TO_APPLY: readonly Status[] = ["create", "change", "repeat"];

/** The vendor of a step, from its id: `supabase.dataApi` is a step at Supabase. */
export function vendorOf({ id }: Step): Vendor {
  return id.startsWith("supabase.") ? "supabase" : "kinde";
}
