import { KindeError } from "../../errors.ts";
import { readRegularFile } from "../../readRegularFile.ts";
import type { KindeApiContent } from "../../types.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const mapOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);

/** For each list, the required and the optional members of its items. */
const LISTS: Record<string, { required: Record<string, Check>; optional: Record<string, Check> }> =
  {
    users: {
      required: { id: isText },
      optional: {
        ...{ email: isText, first_name: isText, last_name: isText },
        ...{ properties: mapOf(isText), organizations: mapOf(isTexts) },
      },
    },
    organizations: {
      required: { code: isText, name: isText },
      optional: { properties: mapOf(isText) },
    },
    roles: { required: { key: isText, name: isText }, optional: {} },
    properties: { required: { key: isText, name: isText }, optional: {} },
  };

/**
 * Checks the content of Kinde's API, from a value or from a JSON file.
 *
 * @throws {KindeError} BAD_INPUT
 */
export function readContent(given: KindeApiContent | string | true): KindeApiContent {
  const where = typeof given === "string" ? `${given}, given for kindeApi,` : "kindeApi";
  const content = typeof given === "string" ? readJson(given, where) : given;
  if (!isRecord(content)) throw bad(where, 'is not an object. Write one, such as { "users": [] }.');
  for (const [name, items] of Object.entries(content)) {
    const list = LISTS[name];
    if (!list) throw bad(where, `has a member "${name}". It may have ${words(LISTS)}.`);
    if (!Array.isArray(items)) throw bad(where, `has a member "${name}" that is not a list.`);
    items.forEach((item: unknown, index) => {
      const problem = problemOf(item, list);
      if (problem) throw bad(where, `has in ${name}[${index}] ${problem}`);
    });
  }
  return content as KindeApiContent;
}

function problemOf(item: unknown, { required, optional }: (typeof LISTS)[string]): string | null {
  if (!isRecord(item)) return "a value that is not an object.";
  const missing = Object.keys(required).find((name) => item[name] === undefined);
  if (missing !== undefined) return `no member "${missing}". Add it.`;
  const all = { ...required, ...optional };
  for (const [name, value] of Object.entries(item)) {
    const check = all[name];
    if (!check) return `a member "${name}". It may have ${words(all)}.`;
    if (!check(value)) return `a member "${name}" of the wrong type. See docs/network.md.`;
  }
  return null;
}

function readJson(path: string, where: string): unknown {
  try {
    return JSON.parse(readRegularFile(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw bad(where, `cannot be read: ${reason}. Name a JSON file.`);
  }
}

function bad(where: string, problem: string): KindeError {
  return new KindeError("BAD_INPUT", `${where} ${problem}`);
}

function words(members: object): string {
  return Object.keys(members).join(", ");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
