import { closest, didYouMean } from "../closest.ts";
import { KindeError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { isObject, pathsOf, valueAt } from "./eventPaths.ts";
import { isTrigger, SAMPLE_EVENTS, type Trigger } from "./sampleEvents.ts";

/**
 * Members that every event has. Each other member is missing in some event of Kinde's
 * documentation.
 */
const REQUIRED = ["request", "context"];

/**
 * Compares an event with the shape that Kinde documents for the trigger. Additional members are
 * allowed, and most documented members may be missing.
 *
 * @param source where the event comes from, for the message
 * @throws {KindeError} BAD_INPUT if a member is misspelt or has a value of another type, or if
 * `request` or `context` is missing
 */
export function checkEvent(trigger: string, event: JsonObject, source: string): void {
  if (!isTrigger(trigger)) return;
  const sample = sampleOf(trigger);
  for (const path of pathsOf(sample)) {
    const value = valueAt(event, path);
    if (value === undefined) {
      const written = misspelt(path, event, sample);
      if (written !== null || REQUIRED.includes(path)) {
        const hint = written === null ? "" : `Rename "${written}" to "${path}". `;
        throw badEvent(trigger, `${source} has no ${path}. ${hint}`);
      }
      continue;
    }
    const [is, should] = [typeOf(value), typeOf(valueAt(sample, path))];
    if (is !== should && !(value === null && path === "context.organization")) {
      throw badEvent(trigger, `${source} has ${is} at ${path}, and Kinde sends ${should} there. `);
    }
  }
}

/**
 * Finds a member of the event with almost the same name as the missing one, in the same object,
 * that the trigger's sample does not have.
 */
function misspelt(path: string, event: JsonObject, sample: JsonObject): string | null {
  const at = path.lastIndexOf(".");
  const [parent, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  const siblings = parent === "" ? event : valueAt(event, parent);
  const prefix = parent === "" ? "" : `${parent}.`;
  const added = Object.keys(isObject(siblings) ? siblings : {}).filter(
    (other) => valueAt(sample, prefix + other) === undefined,
  );
  const found = closest(name, added);
  return found === null ? null : prefix + found;
}

/** @throws {KindeError} BAD_INPUT if the event says that it belongs to another trigger */
export function refuseOtherTrigger(trigger: string, event: JsonObject, source: string): void {
  const own = valueAt(event, "context.workflow.trigger");
  if (!isTrigger(trigger) || own === undefined || own === trigger) return;
  throw badEvent(
    trigger,
    `${source} belongs to the trigger ${JSON.stringify(own)}, but the workflow's trigger is "${trigger}". `,
  );
}

/**
 * @param path a member that an option sets
 * @throws {KindeError} BAD_OPTION if neither the event nor the trigger's sample has the member
 */
export function requirePath(
  trigger: string,
  event: JsonObject,
  path: string,
  option: string,
): void {
  if (!isTrigger(trigger) || valueAt(event, path) !== undefined) return;
  const sample = sampleOf(trigger);
  if (valueAt(sample, path) !== undefined) return;
  const hint = didYouMean(path, [...pathsOf(sample), ...pathsOf(event)]);
  throw new KindeError(
    "BAD_OPTION",
    `${option} cannot be applied: an event of ${trigger} has no ${path}. ${hint}\`npx kinde-local event ${trigger}\` prints a whole event.`,
  );
}

function sampleOf(trigger: Trigger): JsonObject {
  return SAMPLE_EVENTS[trigger] as unknown as JsonObject;
}

function badEvent(trigger: string, problem: string): KindeError {
  return new KindeError(
    "BAD_INPUT",
    `${problem}\`npx kinde-local event ${trigger}\` prints a whole event.`,
  );
}

function typeOf(value: Json | undefined): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  return { string: "a string", number: "a number" }[typeof value as string] ?? "true or false";
}
