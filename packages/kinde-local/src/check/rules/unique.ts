import { relative } from "node:path";
import { type Finding, finding, type Place } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** The settings that must differ between two workflows, with their positions. */
export interface Unique {
  file: string;
  id: { value: string; place: Place };
  trigger: { value: string; place: Place };
}

export function uniqueOf({ loaded, settingAt }: WorkflowSource): Unique {
  const { id, trigger } = loaded.settings;
  return {
    file: loaded.file,
    id: { value: id, place: settingAt("id") },
    trigger: { value: trigger, place: settingAt("trigger") },
  };
}

/**
 * Reports ids and triggers that two workflows share, in the later file. Paths in the messages are
 * relative to `folder`.
 */
export function checkUnique(workflows: readonly Unique[], folder: string): Finding[] {
  const findings: Finding[] = [];
  const first = { id: new Map<string, string>(), trigger: new Map<string, string>() };
  for (const { file, id, trigger } of workflows) {
    const idOwner = id.value && first.id.get(id.value);
    const triggerOwner = trigger.value && first.trigger.get(trigger.value);
    if (idOwner) {
      findings.push(
        finding(
          "duplicate-id",
          id.place,
          `${relative(folder, idOwner)} already has the id "${id.value}".`,
          "Choose another id.",
        ),
      );
    }
    if (triggerOwner) {
      findings.push(
        finding(
          "duplicate-trigger",
          trigger.place,
          `The trigger ${trigger.value} already runs ${relative(folder, triggerOwner)}.`,
          "Keep one workflow with this trigger, and call the function of the other from it.",
        ),
      );
    }
    first.id.set(id.value, idOwner || file);
    first.trigger.set(trigger.value, triggerOwner || file);
  }
  return findings;
}
