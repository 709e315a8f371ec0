import type { Env, Json, JsonObject } from "../types.ts";
import { encodings } from "./encodings.ts";
import { isProtocolWord } from "./protocolWords.ts";
import { spellings } from "./spellings.ts";

/** Shorter secrets are not redacted, because they also occur in unrelated text. */
const MIN_LENGTH = 6;
/** A realm can return a value so deep that walking it would exhaust the stack of this process. */
const MAX_DEPTH = 500;
const REDACTED = "[redacted]";

/** Removes secrets from what a workflow wrote. */
export interface Redactor {
  text(text: string): string;
  /**
   * Redacts the strings and numbers in a value. The name of a member is redacted only if it
   * contains a secret that does not look like a name.
   */
  value(value: Json): Json;
}

/**
 * Creates a redactor for the values of secret variables, in any spelling. A value that is too
 * short, or that is a word of the protocol, does not count as a secret.
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
  // The longest first, because a shorter secret may be a part of a longer one.
  return [...new Set(values)].sort((a, b) => b.length - a.length);
}

function patternOf(secret: string): string {
  // JavaScript changes the digits of a number that has too many for a double.
  const asNumber = isNumeric(secret) ? [spellings(`${Number(secret)}`)] : [];
  return [spellings(secret), ...encodings(secret), ...asNumber].join("|");
}

/**
 * Whether the secret is also redacted as a number. It must be long enough even if its leading zeros
 * are not counted: otherwise the secret "000042" would redact every number 42.
 */
function isNumeric(secret: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(secret) && `${Number(secret)}`.length >= MIN_LENGTH;
}

/**
 * Whether a secret looks like a name, such as "subscription" or "plan_name", so that it may also be
 * the name of a claim: fewer than 32 characters, all letters except for single separators.
 */
function isName(secret: string): boolean {
  return /^[a-z]+(?:[_.:-][a-z]+)*$/i.test(secret) && secret.length < 32;
}

function replace(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((left, pattern) => left.replace(pattern, REDACTED), text);
}
