import type { Host } from "../../protocol/realmInterface.ts";
import { GoError } from "../language/goError.ts";
import { apply, keys, native, parse } from "../language/primordials.ts";
import { toGoJson } from "../language/toGoJson.ts";
import { wellFormed } from "../language/wellFormed.ts";
import { urlSearchParams } from "../url/URLSearchParams.ts";

interface Answer {
  text?: string;
  /** Go's error message, if the request got no answer or the answer could not be returned. */
  error?: string;
  /** Whether a body that is not JSON gives null. A setting decides this. */
  invalidJson?: "throw" | "null";
}

/**
 * `kinde.fetch`. It is synchronous, returns `{ json }` or `{ text }`, and throws a GoError if there
 * was no answer or if the answer cannot be returned. As at Kinde, it returns neither status nor
 * headers.
 */
export function makeFetch(name: string, host: Host): (url: unknown, options: unknown) => unknown {
  return native(name, (url: unknown, options: unknown) => {
    const given = (typeof options === "object" && options !== null ? options : {}) as Record<
      string,
      unknown
    >;
    const wantsText = given.responseFormat === "text";
    const headers = headerPairs(given.headers);
    const request = {
      native: name,
      method: given.method === undefined ? "GET" : `${given.method}`.toUpperCase(),
      url: wellFormed(`${url}`),
      headers,
      ...bodyOf(given.body, headers),
    };
    const answer = parse(host.fetch(toGoJson(request))) as Answer;
    if (answer.error !== undefined)
      throw new GoError(answer.error, urlError(request, answer.error));
    const text = answer.text ?? "";
    return wantsText ? { text } : { json: parseJson(text, answer.invalidJson) };
  });
}

/** Go's `url.Error`, the type of every error of Go's HTTP client. JSON does not show its cause. */
function urlError({ method, url }: { method: string; url: string }, text: string): object {
  const operation = method.charAt(0) + method.slice(1).toLowerCase();
  return text.startsWith(`${operation} "`) ? { Op: operation, URL: url, Err: {} } : {};
}

function headerPairs(headers: unknown): [string, string][] {
  if (typeof headers !== "object" || headers === null) return [];
  return keys(headers).map((name) => [name, `${(headers as Record<string, unknown>)[name]}`]);
}

/**
 * The body of a request. A URLSearchParams and a string are sent unchanged. A plain object is
 * encoded according to the request's content type.
 */
function bodyOf(
  body: unknown,
  headers: [string, string][],
): { body: string | null; form: boolean } {
  if (body === undefined || body === null) return { body: null, form: false };
  if (typeof body === "string") return { body: wellFormed(body), form: false };
  const URLSearchParams = urlSearchParams();
  const { toString: toText } = URLSearchParams.prototype;
  if (body instanceof URLSearchParams) {
    return { body: apply(toText, body, []) as string, form: true };
  }
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (!type.includes("x-www-form-urlencoded")) return { body: toGoJson(body), form: false };
  const params = new URLSearchParams(body);
  return { body: apply(toText, params, []) as string, form: true };
}

function parseJson(text: string, invalid: Answer["invalidJson"]): unknown {
  try {
    return parse(text);
  } catch {
    if (invalid === "null") return null;
    throw new GoError(jsonProblem(text));
  }
}

/** Go's error messages for the most common bodies that are not JSON. */
function jsonProblem(text: string): string {
  const start = text.trimStart();
  if (start === "") return "unexpected end of JSON input";
  return /^[[{"\d]/.test(start)
    ? "unexpected end of JSON input"
    : `invalid character '${[...start][0]}' looking for beginning of value`;
}
