import type { Env } from "../types.ts";
import { spellings } from "./spellings.ts";

/** Shorter values would be found in unrelated text. */
const MIN_LENGTH = 4;

/** Takes the values of secret variables out of anything that is printed, as Kinde's logs do. */
export function redactor(env: Env): <T>(value: T) => T {
  const secrets = Object.values(env)
    .flatMap((entry) => (typeof entry !== "string" && entry.isSecret ? [entry.value] : []))
    .filter((value) => value.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
    .map((value) => new RegExp(spellings(value), "g"));
  const clean = (text: string): string =>
    secrets.reduce((left, secret) => left.replace(secret, "[redacted]"), text);
  return <T>(value: T): T => walk(value, clean) as T;
}

function walk(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), walk(item, clean)]),
  );
}

/** User ids in our own lines: enough to tell two apart, not enough to use. */
export function maskIds(text: string): string {
  return text.replace(/\b(kp(?:_|:|%3A))[0-9A-Za-z]{6,}?([0-9A-Za-z]{4})\b/gi, "$1…$2");
}
