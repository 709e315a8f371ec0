import { KindeError } from "../errors.ts";
import { setMember } from "../events/buildEvent.ts";
import { requirePath } from "../events/checkEvent.ts";
import { valueAt } from "../events/eventPaths.ts";
import type { Json, JsonObject, Unknowns } from "../types.ts";

/**
 * Puts `path=value` pairs into an event. A value that is not JSON becomes a string.
 *
 * @throws {KindeError} BAD_OPTION for a path that events of the trigger do not have
 */
export function applyOverrides(
  event: JsonObject,
  overrides: readonly string[],
  trigger: string,
): void {
  for (const override of overrides) {
    const [path, value] = splitPair(override, "--override", "context.user.id=kp_…");
    const members = membersOf(path);
    requirePath(trigger, event, path, `--override ${path}`);
    setMember(event, members, readValue(value, valueAt(event, path)));
  }
}

/** The most levels of a path. Kinde's events have at most 4. */
const MAX_MEMBERS = 100;

function membersOf(path: string): string[] {
  const members = path.split(".");
  const isUsable = !members.includes("") && !members.includes("__proto__");
  if (isUsable && members.length <= MAX_MEMBERS) return members;
  throw new KindeError(
    "BAD_OPTION",
    `--override ${path.slice(0, 200)} does not name a member of an event. Write it like --override context.user.id=kp_….`,
  );
}

/**
 * Reads `--set OPTION=VALUE`, which chooses one of two behaviours where that of hosted Kinde is
 * unknown.
 */
export function readUnknowns(settings: readonly string[]): Partial<Unknowns> {
  return Object.fromEntries(
    settings.map((setting) => splitPair(setting, "--set", "nonOkResponse=throw")),
  );
}

function splitPair(text: string, option: string, example: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new KindeError(
    "BAD_OPTION",
    `${option} ${text} has no "=". Write it like ${option} ${example}.`,
  );
}

/**
 * Reads a value as JSON. If it replaces a string, such as an organization's code, a number or a
 * boolean stays a string.
 */
function readValue(text: string, before: Json | undefined): Json {
  const isText = typeof before === "string";
  try {
    const value = JSON.parse(text) as Json;
    return isText && ["number", "boolean"].includes(typeof value) ? text : value;
  } catch {
    return text;
  }
}
