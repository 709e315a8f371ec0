import { hasEffect } from "../events/stopReason.ts";
import type { Run } from "../types.ts";
import { visible } from "../visible.ts";

/** What the workflow decided besides claims, a line for each decision. */
export function effectLines({ effects, workflow: { trigger } }: Run): string[] {
  const { accessDenied, invalidFields, planSelectionDenied, planCancellationDenied } = effects;
  const without = (decision: Parameters<typeof hasEffect>[1]) =>
    hasEffect(trigger, decision) ? "" : ` (no effect at ${trigger})`;
  const lines = [
    accessDenied && `access denied: ${accessDenied.reason}${without("accessDenied")}`,
    effects.mfaPolicy && `MFA policy set: ${effects.mfaPolicy}`,
    effects.ssoSessionPolicy && `SSO session policy set: ${effects.ssoSessionPolicy}`,
    ...invalidFields.map(
      ({ field, message }) => `field ${field} refused: ${message}${without("invalidFields")}`,
    ),
    planSelectionDenied &&
      `plan selection denied: ${[planSelectionDenied.message, ...planSelectionDenied.reasons].join("; ")}${without("planSelectionDenied")}`,
    planCancellationDenied &&
      `plan cancellation denied: ${planCancellationDenied.message}${without("planCancellationDenied")}`,
  ].filter((line) => typeof line === "string");
  return lines.length === 0 ? [] : ["decided", ...lines.map((line) => `  ${visible(line)}`)];
}
