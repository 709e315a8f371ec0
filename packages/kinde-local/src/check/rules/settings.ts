import { SAMPLE_EVENTS } from "../../events/sampleEvents.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** `workflowSettings`: id, trigger, failure policy. */
export function checkSettings(source: WorkflowSource): Finding[] {
  const { raw, id, trigger } = source.loaded.settings;
  const findings: Finding[] = [];
  if (raw === null) {
    return [
      finding(
        "workflow-id",
        source.settingAt(),
        "The file does not export workflowSettings.",
        'export const workflowSettings = { id: "…", trigger: "user:tokens_generation", bindings: { … } }',
      ),
    ];
  }
  if (id === "") {
    findings.push(
      finding(
        "workflow-id",
        source.settingAt("id"),
        "workflowSettings has no id.",
        'id: "…", a name of your own',
      ),
    );
  }
  if (!Object.hasOwn(SAMPLE_EVENTS, trigger)) {
    findings.push(
      finding(
        "unknown-trigger",
        source.settingAt("trigger"),
        trigger === "" ? "workflowSettings has no trigger." : `"${trigger}" is no trigger.`,
        `one of ${Object.keys(SAMPLE_EVENTS).join(", ")}`,
      ),
    );
  }
  return [...findings, ...checkPolicy(source)];
}

function checkPolicy(source: WorkflowSource): Finding[] {
  const policy = source.loaded.settings.raw?.failurePolicy;
  if (policy === undefined || policy === null) return [];
  const action = typeof policy === "object" && !Array.isArray(policy) ? policy.action : undefined;
  if (action === "stop" || action === "continue") return [];
  const place = source.settingAt("failurePolicy", "action");
  return [
    finding(
      "failure-policy",
      place,
      `failurePolicy is ${JSON.stringify(policy)}.`,
      '{ action: "stop" } or { action: "continue" }',
    ),
  ];
}
