import { resolve } from "node:path";
import { KindeError } from "../../errors.ts";
import { requireRegularFile } from "../../readRegularFile.ts";
import type { Answer, Answers } from "../../types.ts";
import { type RequestPattern, readPattern } from "./requestPattern.ts";

export interface PreparedAnswer {
  pattern: RequestPattern;
  answer: Answer;
}

/**
 * Checks answers and prepares them for use.
 *
 * @throws {KindeError} BAD_OPTION for a key or an answer that cannot be used, BAD_INPUT for a file
 * that cannot be read
 */
export function readAnswers(answers: Answers = {}): PreparedAnswer[] {
  return Object.entries(answers).map(([key, answer]) => {
    const where = `The answer to "${key}"`;
    return { pattern: readPattern(key), answer: readAnswer(answer, where) };
  });
}

const BODIES = ["json", "text", "file"];
const MEMBERS = ["status", "headers", ...BODIES];

/** `where` begins the message of an error, such as `The answer to "GET https://…"`. */
export function readAnswer(value: unknown, where: string): Answer {
  const fail = (problem: string): KindeError => new KindeError("BAD_OPTION", `${where} ${problem}`);
  if (!isRecord(value)) throw fail('is not an object. Write one, such as { "json": {} }.');
  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw fail(`has a member "${unknown}". It may have ${MEMBERS.join(", ")}.`);
  }
  const bodies = BODIES.filter((name) => value[name] !== undefined);
  if (bodies.length > 1) {
    throw fail(`has ${bodies.join(" and ")}. Keep one of them: each is a whole body.`);
  }
  const { status = 200, headers = {}, text, file } = value;
  if (!(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)) {
    throw fail(`has the status ${status}. Write a whole number from 200 to 599.`);
  }
  if (!isRecord(headers) || !Object.values(headers).every((one) => typeof one === "string")) {
    throw fail('has headers that are not an object of strings. Write { "retry-after": "1" }.');
  }
  for (const [name, one] of Object.entries({ text, file })) {
    if (one !== undefined && typeof one !== "string")
      throw fail(`has a ${name} that is not a string.`);
  }
  const answer = { ...value, status, headers } as Answer;
  if (answer.file !== undefined) answer.file = readable(resolve(answer.file), where);
  return answer;
}

function readable(path: string, where: string): string {
  try {
    requireRegularFile(path);
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "BAD_INPUT",
      `${where} names a file that cannot be read: ${reason}. Name a file with the body.`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
