import { type Decision, isStoppedBy } from "../events/stopReason.ts";
import type { Run } from "../types.ts";
import { visible } from "../visible.ts";

/** Returns the decisions of the workflow besides its claims, one line for each. */
export function effectLines({ effects, workflow: { trigger } }: Run): string[] {
  const { accessDenied, invalidFields, planSelectionDenied, planCancellationDenied } = effects;
  const mark = (decision: Decision, text: string) =>
    isStoppedBy(trigger, decision) ? text : `${text} (no effect at ${trigger})`;
  const lines = [
    accessDenied && `access denied: ${accessDenied.reason}`,
    effects.mfaPolicy && `MFA policy set: ${effects.mfaPolicy}`,
    effects.ssoSessionPolicy && `SSO session policy set: ${effects.ssoSessionPolicy}`,
    ...invalidFields.map(({ field, message }) =>
      mark("invalidFields", `field ${field} refused: ${message}`),
    ),
    planSelectionDenied &&
      mark(
        "planSelectionDenied",
        `plan selection denied: ${[planSelectionDenied.message, ...planSelectionDenied.reasons].join("; ")}`,
      ),
    planCancellationDenied &&
      mark("planCancellationDenied", `plan cancellation denied: ${planCancellationDenied.message}`),
  ].filter((line) => typeof line === "string");
  return lines.length === 0 ? [] : ["decided", ...lines.map((line) => `  ${visible(line)}`)];
}
