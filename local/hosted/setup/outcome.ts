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
  /** Settings are missing. */
  | "leftOut"
  /** A step before it has to be done first. */
  | "blocked"
  /** It could not be read or applied. */
  | "failed";

/** The actions that a person does not have to do. */
export const TO_APPLY: readonly Status[] = ["create", "change", "repeat"];

/** `supabase.dataApi` belongs to Supabase. */
export function vendorOf({ id }: Step): Vendor {
  return id.startsWith("supabase.") ? "supabase" : "kinde";
}
