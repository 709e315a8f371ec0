import type { Redactor } from "../../redact/redactor.ts";
import { redactor } from "../../redact/redactor.ts";
import type { Json } from "../../types.ts";

const REDACTED = "[redacted]";

/** Members, parameters and headers whose value is a secret, such as access_token and apiKey. */
const SECRET_NAME =
  /(?:^|[_-])(?:token|secret|password|passwd|api[_-]?key|apikey|private[_-]?key|credentials?|authorization|cookie|jwt|signature)$|[a-z](?:Token|Secret|Password|ApiKey|PrivateKey|Jwt|Signature)$/i;

/** Takes secrets out of what is recorded: those of the environment, and what looks like one. */
export interface Mask {
  url(text: string): string;
  body(text: string): string;
  json(value: Json): Json;
  text(text: string): string;
}

/** What is masked by its name is masked from then on wherever it stands, as a token in a URL. */
export function createMask(redact: Redactor): Mask {
  let learned: string[] = [];
  let further: Redactor | null = null;
  const learn = (value: string): string => {
    if (value !== REDACTED && !learned.includes(value)) {
      learned = [...learned, value];
      further = redactor(
        Object.fromEntries(learned.map((one, i) => [`${i}`, { value: one, isSecret: true }])),
      );
    }
    return REDACTED;
  };
  const text = (from: string): string => {
    const own = redact.text(from);
    // A masked value that was sent again is written as a component of a URL.
    return (further?.text(own) ?? own).replaceAll("%5Bredacted%5D", REDACTED);
  };
  const pairs = (from: string): string =>
    from.replace(/(^|[?&])([^=&?#]+)=([^&#]*)/g, (whole, before: string, name, value) =>
      SECRET_NAME.test(decode(name)) ? `${before}${name}=${learn(decode(value))}` : whole,
    );
  const byName = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(byName);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        typeof item === "string" && SECRET_NAME.test(name) ? learn(item) : byName(item),
      ]),
    );
  };
  const json = (value: Json): Json => {
    const named = redact.value(byName(value));
    return further?.value(named) ?? named;
  };
  return {
    json,
    text,
    url: (from) => text(pairs(from)),
    body: (from) => {
      const value = parseJson(from);
      return value === undefined ? text(pairs(from)) : JSON.stringify(json(value));
    },
  };
}

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Undefined for a text that is no JSON object or list, or has numbers that would lose digits. */
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
