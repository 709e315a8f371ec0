import { didYouMean } from "../closest.ts";
import { KindeError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { isObject, pathsOf, valueAt } from "./eventPaths.ts";
import { isTrigger, SAMPLE_EVENTS, type Trigger } from "./sampleEvents.ts";

/** Members that Kinde does not send in every event, or that `@kinde/infrastructure` does not type. */
const OPTIONAL = [
  "context.organization",
  "context.user.identityId",
  "context.user.email",
  "context.auth.hashedPassword",
  "context.auth.providedEmail",
  "context.auth.hasUserRecordInKinde",
  "request.auth",
  "request.authUrlParams",
];

/**
 * Compares an event with the shape that Kinde sends for the trigger. Additional members are allowed.
 *
 * @param source where the event comes from, for the message
 * @throws {KindeError} BAD_INPUT if the event belongs to another trigger, lacks a member that Kinde
 * always sends, or has a member of another type
 */
export function checkEvent(trigger: string, event: JsonObject, source: string): void {
  refuseOtherTrigger(trigger, event, source);
  if (!isTrigger(trigger)) return;
  const sample = sampleOf(trigger);
  const given = pathsOf(event);
  for (const path of pathsOf(sample)) {
    const expected = valueAt(sample, path);
    const value = valueAt(event, path);
    if (value === undefined) {
      if (isOptional(path)) continue;
      const added = given.filter((other) => valueAt(sample, other) === undefined);
      const near = didYouMean(path, added).replace("Did you mean", "Is it meant by");
      throw badEvent(trigger, `${source} has no ${path}, which Kinde sends. ${near}`);
    }
    const [is, should] = [typeOf(value), typeOf(expected)];
    if (is !== should && !(value === null && isOptional(path))) {
      throw badEvent(trigger, `${source} has ${is} at ${path}, and Kinde sends ${should} there. `);
    }
  }
}

/**
 * Does nothing for a trigger that kinde-local does not know.
 *
 * @throws {KindeError} BAD_INPUT if the event says that it belongs to another trigger
 */
export function refuseOtherTrigger(trigger: string, event: JsonObject, source: string): void {
  const own = valueAt(event, "context.workflow.trigger");
  if (!isTrigger(trigger) || own === undefined || own === trigger) return;
  throw badEvent(
    trigger,
    `${source} is one of ${JSON.stringify(own)}, but the workflow's trigger is "${trigger}". `,
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

function isOptional(path: string): boolean {
  return OPTIONAL.some((optional) => path === optional || path.startsWith(`${optional}.`));
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
  return { string: "a text", number: "a number" }[typeof value as string] ?? "true or false";
}
