import { createRequire } from "node:module";
import { closest } from "../../closest.ts";
import { SAMPLE_EVENTS } from "../../events/sampleEvents.ts";
import { type AnyNode, isNode } from "../AnyNode.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** Checks the id, the trigger and the failure policy in `workflowSettings`. */
export function checkSettings(source: WorkflowSource): Finding[] {
  const { raw, id, trigger } = source.loaded.settings;
  const findings: Finding[] = [];
  if (raw === null) {
    return [
      finding(
        "workflow-id",
        source.settingAt(),
        "The file does not export workflowSettings.",
        'Write `export const workflowSettings = { id: "…", trigger: "user:tokens_generation", bindings: { … } }`.',
      ),
    ];
  }
  if (id === "") {
    findings.push(
      finding(
        "workflow-id",
        source.settingAt("id"),
        "workflowSettings has no id.",
        'Add an id, such as id: "plans".',
      ),
    );
  }
  if (!Object.hasOwn(SAMPLE_EVENTS, trigger)) {
    findings.push(finding("unknown-trigger", source.settingAt("trigger"), ...triggerTexts(source)));
  }
  return [...findings, ...checkPolicy(source)];
}

const TRIGGERS = Object.keys(SAMPLE_EVENTS);

/** The problem with the trigger, and its fix. */
function triggerTexts(source: WorkflowSource): [message: string, instead: string] {
  const { trigger } = source.loaded.settings;
  const all = `Use one of ${TRIGGERS.join(", ")}.`;
  const member = enumMember(source.setting("trigger"));
  if (trigger === "" && member === null) return ["workflowSettings has no trigger.", all];
  if (member !== null) {
    const meant = closest(member, triggerMembers());
    const hint = meant === null ? "" : ` Did you mean WorkflowTrigger.${meant}?`;
    return [
      `WorkflowTrigger has no member ${member}, so the trigger is undefined.${hint}`,
      meant === null ? all : `Write \`trigger: WorkflowTrigger.${meant}\`.`,
    ];
  }
  const meant = closest(trigger, TRIGGERS);
  const hint = meant === null ? "" : ` Did you mean "${meant}"?`;
  return [
    `The trigger "${trigger}" does not exist.${hint}`,
    meant === null ? all : `Write \`trigger: "${meant}"\`.`,
  ];
}

/** Loads the package only when it is needed, because otherwise `run` would start later. */
function triggerMembers(): string[] {
  const { WorkflowTrigger } = createRequire(import.meta.url)(
    "@kinde/infrastructure",
  ) as typeof import("@kinde/infrastructure");
  return Object.keys(WorkflowTrigger);
}

/**
 * The `Name` of `WorkflowTrigger.Name` in the settings. The bundle has another name for the enum
 * itself.
 */
function enumMember(node: AnyNode | null): string | null {
  const member = node?.type === "MemberExpression" ? node.property : null;
  return isNode(member) && typeof member.name === "string" ? member.name : null;
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
      'Use { action: "stop" } or { action: "continue" }.',
    ),
  ];
}
