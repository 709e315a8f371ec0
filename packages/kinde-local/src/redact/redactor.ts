import type { Env, Json, JsonObject } from "../types.ts";
import { encodings } from "./encodings.ts";
import { isProtocolWord } from "./protocolWords.ts";
import { spellings } from "./spellings.ts";

/** Shorter values would be found in unrelated text. */
const MIN_LENGTH = 6;
/** The realm writes values that are deeper than this process can walk. */
const MAX_DEPTH = 500;
const REDACTED = "[redacted]";

/** Removes secrets from what a workflow wrote. */
export interface Redactor {
  text(text: string): string;
  /** Of an object the values; a name only when a secret that cannot be a name stands in it. */
  value(value: Json): Json;
}

/**
 * Finds the values of secret variables in any spelling. Values that are too short, or a word of the
 * protocol, are not taken for secrets.
 */
export function redactor(env: Env): Redactor {
  const secrets = secretsOf(env);
  const patterns = secrets.map((secret) => new RegExp(patternOf(secret), "g"));
  const inNames = patterns.filter((_, i) => !isName(secrets[i] ?? ""));
  const numbers = new Set(secrets.filter(isNumeric).map(Number));
  const text = (from: string): string => replace(from, patterns);
  const walk = (value: Json, depth: number): Json => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number")
      return numbers.has(value) || text(`${value}`) !== `${value}` ? REDACTED : value;
    if (typeof value !== "object" || value === null) return value;
    if (depth > MAX_DEPTH) return "[nested too deeply to be shown]";
    if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, item]) => [replace(name, inNames), walk(item, depth + 1)]),
    ) as JsonObject;
  };
  return { text, value: (value) => walk(value, 0) };
}

function secretsOf(env: Env): string[] {
  const values = Object.values(env)
    .flatMap((entry) => (typeof entry !== "string" && entry.isSecret ? [entry.value] : []))
    .filter((value) => value.length >= MIN_LENGTH && !isProtocolWord(value));
  // The longest first: a shorter one may be a part of it.
  return [...new Set(values)].sort((a, b) => b.length - a.length);
}

function patternOf(secret: string): string {
  // A number of more digits than a double holds is written with others.
  const asNumber = isNumeric(secret) ? [spellings(`${Number(secret)}`)] : [];
  return [spellings(secret), ...encodings(secret), ...asNumber].join("|");
}

/** With a number of fewer digits (leading zeros) every amount would be taken for it. */
function isNumeric(secret: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(secret) && `${Number(secret)}`.length >= MIN_LENGTH;
}

/** Only letters, as in "subscription" or "plan_name": it may well be the name of a claim. */
function isName(secret: string): boolean {
  return /^[a-z]+(?:[_.:-][a-z]+)*$/i.test(secret) && secret.length < 32;
}

function replace(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((left, pattern) => left.replace(pattern, REDACTED), text);
}
