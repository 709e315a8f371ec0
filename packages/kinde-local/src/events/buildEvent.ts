import { KindeError } from "../errors.ts";
import { toPlainJson } from "../toPlainJson.ts";
import type { JsonObject, RunOptions } from "../types.ts";
import { refuseOtherTrigger, requirePath } from "./checkEvent.ts";
import { isObject } from "./eventPaths.ts";
import { isTrigger, sampleEvent } from "./sampleEvents.ts";

/**
 * Builds the event of a run from the given event or the trigger's sample, and applies the
 * shorthands.
 *
 * @param source where the event comes from, for the message
 * @throws {KindeError} for an event of another trigger, and for a shorthand that the trigger lacks
 */
export function buildEvent(trigger: string, options: RunOptions, source = "The event"): JsonObject {
  const event = toJson(options.event ?? sampleFor(trigger));
  const { user, origin, client, org } = options;
  refuseOtherTrigger(trigger, event, source);
  if (user !== undefined) requirePath(trigger, event, "context.user.id", "The option user");
  if (origin !== undefined) requirePath(trigger, event, "context.auth.origin", "The option origin");
  if (user !== undefined) setMember(event, ["context", "user", "id"], user);
  if (origin !== undefined) setMember(event, ["context", "auth", "origin"], origin);
  if (client !== undefined) setMember(event, ["context", "application", "clientId"], client);
  if (org === null) {
    if (isObject(event.context)) delete event.context.organization;
  } else if (org !== undefined) setMember(event, ["context", "organization", "code"], org);
  return event;
}

/** Sets a value deep in an object, and creates the objects on the way. */
export function setMember(
  target: JsonObject,
  path: readonly string[],
  value: JsonObject[string],
): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  // Own members only, because "constructor" is also a possible name.
  const next = Object.hasOwn(target, name) ? target[name] : undefined;
  const inner: JsonObject = isObject(next) ? next : {};
  target[name] = inner;
  setMember(inner, rest, value);
}

/** Workflows without settings have no trigger; they get the event of a token generation. */
function sampleFor(trigger: string): object {
  return sampleEvent(isTrigger(trigger) ? trigger : "user:tokens_generation");
}

function toJson(value: object): JsonObject {
  const json = toPlainJson(value, "The given event");
  if (isObject(json)) return json;
  throw new KindeError(
    "BAD_INPUT",
    "The event is not a JSON object. Give an object such as { request: …, context: … }.",
  );
}
