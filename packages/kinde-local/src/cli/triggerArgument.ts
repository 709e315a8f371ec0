import { didYouMean } from "../closest.ts";
import { KindeError } from "../errors.ts";
import { isTrigger, type Trigger } from "../events/sampleEvents.ts";
import { TEMPLATES, TRIGGERS } from "../scaffold/templates/index.ts";

/** @throws {KindeError} UNKNOWN_TRIGGER, with a list of the ten triggers */
export function requireTrigger(name: string): Trigger {
  if (isTrigger(name)) return name;
  throw new KindeError(
    "UNKNOWN_TRIGGER",
    `Kinde has no trigger "${name}". ${didYouMean(name, TRIGGERS)}The triggers:\n${triggerList()}`,
  );
}

/** Lists the ten triggers, each with the moment at which Kinde runs it. */
export function triggerList(): string {
  const width = Math.max(...TRIGGERS.map((trigger) => trigger.length));
  return TRIGGERS.map(
    (trigger) => `  ${trigger.padEnd(width)}  when ${TEMPLATES[trigger].when}`,
  ).join("\n");
}
