import type { Effects, Run, StopReason } from "../types.ts";

type Decision = Exclude<StopReason, "syncRefused" | "failure">;

interface TriggerVerdict {
  /** What the trigger's workflow can stop. */
  readonly flow: string;
  /** The decisions that stop it. Other decisions have no effect at this trigger. */
  readonly stoppedBy: readonly Decision[];
}

const SIGN_IN: TriggerVerdict = { flow: "the sign-in", stoppedBy: ["accessDenied"] };
const formOf = (flow: string): TriggerVerdict => ({
  flow,
  stoppedBy: ["accessDenied", "invalidFields"],
});

/** By trigger, as Kinde's documentation describes the decisions of each. */
const TRIGGERS: Readonly<Record<string, TriggerVerdict>> = {
  "user:tokens_generation": SIGN_IN,
  "user:pre_mfa": SIGN_IN,
  "user:post_authentication": SIGN_IN,
  "user:existing_password_provided": formOf("the sign-in"),
  "user:new_password_provided": formOf("the new password"),
  "user:pre_registration": formOf("the registration"),
  "user:new_username_provided": formOf("the new username"),
  "user:plan_selection": { flow: "the change of plan", stoppedBy: ["planSelectionDenied"] },
  "user:plan_cancellation_request": {
    flow: "the cancellation of the plan",
    stoppedBy: ["planCancellationDenied"],
  },
  "m2m:token_generation": { flow: "the token request", stoppedBy: ["accessDenied"] },
};

/** The part of the user's journey that waits for a workflow, for example "the sign-in". */
export function flowOf(trigger: string): string {
  return verdictOf(trigger).flow;
}

/** Whether a decision that the workflow made has an effect at its trigger. */
export function hasEffect(trigger: string, decision: Decision): boolean {
  return verdictOf(trigger).stoppedBy.includes(decision);
}

/** Why the flow stops after a run, or null if it goes on. A decision counts before a failure. */
export function stopReasonOf({
  workflow: { trigger, failurePolicy },
  completed,
  effects,
}: Pick<Run, "workflow" | "completed" | "effects">): StopReason | null {
  const decision = verdictOf(trigger).stoppedBy.find((name) => isMade(effects, name));
  if (decision) return decision;
  return completed || failurePolicy === "continue" ? null : "failure";
}

function verdictOf(trigger: string): TriggerVerdict {
  return Object.hasOwn(TRIGGERS, trigger) ? (TRIGGERS[trigger] ?? SIGN_IN) : SIGN_IN;
}

function isMade(effects: Effects, decision: Decision): boolean {
  return decision === "invalidFields"
    ? effects.invalidFields.length > 0
    : effects[decision] !== null;
}
