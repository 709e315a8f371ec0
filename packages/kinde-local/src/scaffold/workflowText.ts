import type { Trigger } from "../events/sampleEvents.ts";
import { TEMPLATES } from "./templates/index.ts";
import type { WorkflowName } from "./workflowName.ts";

/** Makes the source of a new workflow, with the types of its trigger. */
export function workflowText(trigger: Trigger, { id, base }: WorkflowName): string {
  const { member, event, untyped, imports, bindings, body, when } = TEMPLATES[trigger];
  // The type `WorkflowSettings` of @kinde/infrastructure 0.9.0 lacks this binding.
  const isTyped = !bindings.includes("kinde.plan");
  const names = [
    ...imports,
    `type ${event}`,
    ...(isTyped ? ["type WorkflowSettings"] : []),
    "WorkflowTrigger",
  ];
  const type = untyped === undefined ? event : `${event} & ${untyped}`;
  return `import {
${names.map((name) => `  ${name},`).join("\n")}
} from "@kinde/infrastructure";

export const workflowSettings${isTyped ? ": WorkflowSettings" : ""} = {
  id: ${JSON.stringify(id)},
  trigger: WorkflowTrigger.${member},
  // After an error in the workflow, "stop" stops the user, and "continue" lets the user go on.
  failurePolicy: { action: "stop" },
  bindings: { ${["console", ...bindings].map(key).join(", ")} },
};

/** Kinde runs this when ${when}. */
export default async function ${base}Workflow(event: ${type}) {
${body.map((line) => `  ${line}`).join("\n")}
  console.log("${base} ran");
}
`;
}

function key(binding: string): string {
  return binding.includes(".") ? `"${binding}": {}` : `${binding}: {}`;
}
