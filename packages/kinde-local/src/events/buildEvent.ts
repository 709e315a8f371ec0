import { KindeError } from "../errors.ts";
import { toPlainJson } from "../toPlainJson.ts";
import type { JsonObject, RunOptions } from "../types.ts";
import { refuseOtherTrigger, requirePath } from "./checkEvent.ts";
import { isObject } from "./eventPaths.ts";
import { isTrigger, sampleEvent } from "./sampleEvents.ts";

/**
 * Builds the event of a run from the given event or the trigger's sample, and applies the options
 * that change single members.
 *
 * @param source where the event comes from, for the message
 * @throws {KindeError} for an event that is not a JSON object or that belongs to another trigger,
 * and for the option `user` or `origin` if the trigger's events do not have its member
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

/** Sets a value at a path in an object. Objects that are missing on the path are created. */
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
  // Reads only own members, because a name such as "constructor" is possible.
  const next = Object.hasOwn(target, name) ? target[name] : undefined;
  const inner: JsonObject = isObject(next) ? next : {};
  target[name] = inner;
  setMember(inner, rest, value);
}

/** A workflow without a known trigger gets the event of a token generation. */
function sampleFor(trigger: string): object {
  return sampleEvent(isTrigger(trigger) ? trigger : "user:tokens_generation");
}

function toJson(value: object): JsonObject {
  const json = toPlainJson(value, "The given event");
  if (isObject(json)) return json;
  throw new KindeError(
    "BAD_INPUT",
    "The event is not a JSON object. Pass an object such as { request: …, context: … }.",
  );
}
