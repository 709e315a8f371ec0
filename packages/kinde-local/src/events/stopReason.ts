import type { Effects, Run, StopReason } from "../types.ts";

/** What a workflow decides about the flow that waits for it. */
export type Decision = Exclude<StopReason, "syncRefused" | "failure">;

interface Flow {
  /** What waits for the workflow. */
  readonly name: string;
  /** The decision that stops this flow. A denied access stops it, too. */
  readonly stoppedBy?: Decision;
}

const SIGN_IN: Flow = { name: "the sign-in" };

/**
 * The flow of each trigger. Sources: docs.kinde.com, the page "Bindings" (for kinde.plan and
 * kinde.auth) and the pages of the password triggers (for kinde.widget). For kinde.auth the page
 * names no trigger, so here a denied access stops every flow. We assume that a refused field also
 * stops the registration and the new username, which have a form, too.
 */
const FLOWS: Readonly<Record<string, Flow>> = {
  "user:tokens_generation": SIGN_IN,
  "user:pre_mfa": SIGN_IN,
  "user:post_authentication": SIGN_IN,
  "user:existing_password_provided": { ...SIGN_IN, stoppedBy: "invalidFields" },
  "user:new_password_provided": { name: "the new password", stoppedBy: "invalidFields" },
  "user:pre_registration": { name: "the registration", stoppedBy: "invalidFields" },
  "user:new_username_provided": { name: "the new username", stoppedBy: "invalidFields" },
  "user:plan_selection": { name: "the change of plan", stoppedBy: "planSelectionDenied" },
  "user:plan_cancellation_request": {
    name: "the cancellation of the plan",
    stoppedBy: "planCancellationDenied",
  },
  "m2m:token_generation": { name: "the token request" },
};

/** What waits for a workflow of the trigger, for example "the sign-in". */
export function flowOf(trigger: string): string {
  return find(trigger).name;
}

/** Whether a decision stops the flow of the trigger. */
export function isStoppedBy(trigger: string, decision: Decision): boolean {
  return decision === "accessDenied" || find(trigger).stoppedBy === decision;
}

/** Why the flow stops after a run, or null if it goes on. A decision has priority over a failure. */
export function stopReasonOf({
  workflow: { trigger, failurePolicy },
  completed,
  effects,
}: Pick<Run, "workflow" | "completed" | "effects">): StopReason | null {
  const decision = decisionsOf(effects).find((made) => isStoppedBy(trigger, made));
  if (decision) return decision;
  return completed || failurePolicy === "continue" ? null : "failure";
}

function find(trigger: string): Flow {
  return Object.hasOwn(FLOWS, trigger) ? (FLOWS[trigger] ?? SIGN_IN) : SIGN_IN;
}

const DECISIONS: readonly Decision[] = [
  "accessDenied",
  "invalidFields",
  "planSelectionDenied",
  "planCancellationDenied",
];

function decisionsOf(effects: Effects): Decision[] {
  return DECISIONS.filter((name) =>
    name === "invalidFields" ? effects.invalidFields.length > 0 : effects[name] !== null,
  );
}
