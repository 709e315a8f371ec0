import type { Redactor } from "../../redact/redactor.ts";
import { redactor } from "../../redact/redactor.ts";
import type { Json } from "../../types.ts";

const REDACTED = "[redacted]";

/**
 * Names of members, parameters and headers whose value is a secret, such as access_token and
 * apiKey.
 */
const SECRET_NAME =
  /(?:^|[_-])(?:token|secret|password|passwd|api[_-]?key|apikey|private[_-]?key|credentials?|authorization|cookie|jwt|signature)$|[a-z](?:Token|Secret|Password|ApiKey|PrivateKey|Jwt|Signature)$/i;

/** A JSON Web Token, under any name. */
const JWT = /\beyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g;
/** A parameter of a URL or a form, and a member of a JSON text. */
const PARAMETER = /(^|[?&])([^=&?#\s]+)=([^&#\s"'<>]*)/g;
const MEMBER = /"([^"\\]+)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g;

/**
 * Removes secrets from a recording: the values of secret variables, and values that look like
 * secrets.
 */
export interface Mask {
  /** A URL, a form, or any other text. */
  text(text: string): string;
  json(value: Json): Json;
}

/**
 * Creates a mask. A value that was masked because of its name is also masked wherever it occurs
 * later, such as a token in a URL, if `redactor` counts it as a secret.
 */
export function createMask(redact: Redactor): Mask {
  const learned = new Set<string>();
  let further: Redactor | null = null;
  const learn = (value: string): string => {
    if (value !== REDACTED && !learned.has(value)) {
      learned.add(value);
      const secrets = [...learned].map((one, i) => [`${i}`, { value: one, isSecret: true }]);
      further = redactor(Object.fromEntries(secrets));
    }
    return REDACTED;
  };
  const everywhere = (from: string): string => {
    const own = redact.text(from).replace(JWT, REDACTED);
    // In a replay, the workflow may send the word [redacted] again, percent-encoded in a URL.
    return (further?.text(own) ?? own).replaceAll("%5Bredacted%5D", REDACTED);
  };
  const byName = (text: string): string =>
    text
      .replace(PARAMETER, (whole, before: string, name: string, value: string) =>
        isSecretName(decode(name)) ? `${before}${name}=${learn(decode(value))}` : whole,
      )
      .replace(MEMBER, (whole, name: string, colon: string, value: string) =>
        isSecretName(name) ? `"${name}"${colon}"${learn(value)}"` : whole,
      );
  const walk = (value: Json, change: (text: string, name: string) => string, name = ""): Json => {
    if (typeof value === "string") return change(value, name);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => walk(item, change, name));
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, walk(item, change, key)]));
  };
  return {
    text: (from) => everywhere(byName(from)),
    json: (value) => {
      const named = walk(value, (text, name) => (isSecretName(name) ? learn(text) : byName(text)));
      return walk(redact.value(named), everywhere);
    },
  };
}

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * Parses JSON. Undefined if the text is not an object or a list, or has numbers that might lose
 * digits.
 */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text) || /[:[,\s]-?\d{16}/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
