/**
 * What Kinde's engine gives a workflow, as far as it is used here. A native exists only when its
 * binding is declared in `workflowSettings`; without any `kinde.*` binding `kinde` does not exist.
 *
 * The natives are called directly, not through `@kinde/infrastructure`: its `fetch` hides half of
 * the answer, and its `accessTokenCustomClaims` throws when a token has no claims object.
 */
declare const kinde: {
  accessToken: { setCustomClaim(name: string, value: unknown): void };
  env: { get(key: string): unknown };
  fetch(url: string, options: FetchOptions): unknown;
};
declare const console: { info(line: string): void; error(line: string): void };

type FetchOptions = {
  method: "GET";
  headers: Record<string, string>;
  responseFormat: "text" | "json";
};

const NEEDED = ["accessToken", "env", "fetch"] as const;

/** The first binding this package needs that the workflow does not declare, if any. */
export function missingBinding(): string | undefined {
  const missing = NEEDED.find((name) => !isBound(name));
  return missing === undefined ? undefined : `kinde.${missing}`;
}

function isBound(name: (typeof NEEDED)[number]): boolean {
  return typeof kinde !== "undefined" && (kinde[name] ?? undefined) !== undefined;
}

/** Sets a claim on the access token. Without the binding `kinde.accessToken` nothing can be set. */
export function setAccessTokenClaim(name: string, value: unknown): void {
  if (isBound("accessToken")) {
    kinde.accessToken.setCustomClaim(name, value);
  }
}

/**
 * A variable from Kinde's settings, without the white space around it.
 *
 * @returns "" if it is not set: the engine gives null then, undefined or, for all that is known, an
 *   error; the types claim none of it
 */
export function readVariable(key: string): string {
  return readVariableUntrimmed(key).trim();
}

/** A variable from Kinde's settings as it was typed; "" if it is not set. */
export function readVariableUntrimmed(key: string): string {
  try {
    const variable = kinde.env.get(key) as { value?: unknown } | null | undefined;
    return typeof variable?.value === "string" ? variable.value : "";
  } catch {
    return "";
  }
}

/**
 * GETs a URL and gives the body, as text: nothing public says what Kinde does with a body that is
 * not JSON when JSON is asked for. A body that has been parsed all the same is passed on as it is.
 *
 * @throws the engine's error if there was no answer. Its message holds the whole URL: never log it.
 */
export async function fetchBody(url: string, headers: Record<string, string>): Promise<unknown> {
  // The native is synchronous in Kinde's public runtime; `await` costs nothing and fits both.
  const answer = await kinde.fetch(url, { method: "GET", headers, responseFormat: "text" });
  const { text, json } = (answer ?? {}) as { text?: unknown; json?: unknown };
  return text || (json ?? text);
}

/** Writes one line to Kinde's runtime log, where there is one. */
export function writeLog(level: "info" | "error", line: string): void {
  if (typeof console !== "undefined") {
    console[level](line);
  }
}
