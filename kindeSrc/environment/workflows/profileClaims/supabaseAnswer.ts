import type { Failure } from "./lookup.ts";
import { failureOf, failureOfText } from "./supabaseError.ts";

/** A longer body is not parsed. Two rows with three columns need far less than 1 kB. */
const MAX_CHARACTERS = 65_536;

export type Rows = { readonly outcome: "rows"; readonly rows: Record<string, unknown>[] };

/**
 * Reads the rows from the body of an answer, or the failure that the body means.
 *
 * @param body a string, or the value that Kinde parsed from it
 */
export function readAnswer(body: unknown): Rows | Failure {
  const answer = typeof body === "string" ? parse(body) : body;
  if (Array.isArray(answer) && answer.every(isRecord)) {
    return { outcome: "rows", rows: answer };
  }
  return isRecord(answer) ? failureOf(answer) : failureOfText(body);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
