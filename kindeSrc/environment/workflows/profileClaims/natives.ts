/**
 * The functions of Kinde's engine that this workflow uses. Each exists only if its binding is
 * declared in `workflowSettings`. Without any `kinde.*` binding, `kinde` does not exist.
 *
 * They are called directly, not through `@kinde/infrastructure`: its `fetch` hides a part of the
 * answer, and its `accessTokenCustomClaims` throws if a token has no claims object.
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

/** Returns the first binding that this folder's code needs, but the workflow does not declare. */
export function missingBinding(): string | undefined {
  const missing = NEEDED.find((name) => !isBound(name));
  return missing === undefined ? undefined : `kinde.${missing}`;
}

function isBound(name: (typeof NEEDED)[number]): boolean {
  return typeof kinde !== "undefined" && (kinde[name] ?? undefined) !== undefined;
}

/** Sets a claim on the access token. Without the binding `kinde.accessToken` it does nothing. */
export function setAccessTokenClaim(name: string, value: unknown): void {
  if (isBound("accessToken")) {
    kinde.accessToken.setCustomClaim(name, value);
  }
}

/**
 * Reads a variable from Kinde's settings, without the white space around it.
 *
 * @returns "" if the variable is not set. The engine may then return null or undefined, or throw:
 *   Kinde does not document what its hosted service does, and its types do not mention it
 */
export function readVariable(key: string): string {
  return readVariableUntrimmed(key).trim();
}

/** Reads a variable from Kinde's settings, exactly as it was typed. "" if it is not set. */
export function readVariableUntrimmed(key: string): string {
  try {
    const variable = kinde.env.get(key) as { value?: unknown } | null | undefined;
    return typeof variable?.value === "string" ? variable.value : "";
  } catch {
    return "";
  }
}

/**
 * Sends a GET request and returns the body. The request asks for text, because Kinde does not
 * document what a request for JSON does with a body that is not JSON. If Kinde parsed the body
 * anyway, the function returns the parsed value.
 *
 * @throws the engine's error if there was no answer, or if Kinde throws for an error status. Its
 *   message contains the whole URL, so never log the message
 */
export async function fetchBody(url: string, headers: Record<string, string>): Promise<unknown> {
  // `kinde.fetch` is synchronous in Kinde's public runtime. `await` also works if it returns a
  // promise.
  const answer = await kinde.fetch(url, { method: "GET", headers, responseFormat: "text" });
  const { text, json } = (answer ?? {}) as { text?: unknown; json?: unknown };
  return text || (json ?? text);
}

/** Writes one line to Kinde's runtime log, if `console` exists. */
export function writeLog(level: "info" | "error", line: string): void {
  if (typeof console !== "undefined") {
    console[level](line);
  }
}
