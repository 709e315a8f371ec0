import { settingOf, type World } from "../world.ts";
import { NoAnswerError } from "./NoAnswerError.ts";

const TIME_LIMIT_MS = 30_000;

export interface ProjectAnswer {
  readonly status: number;
  /** The code of PostgreSQL or PostgREST, such as `42501`. */
  readonly code: string | undefined;
  /** The body: parsed JSON, or the text if it is not JSON. */
  readonly body: unknown;
}

/**
 * Sends a request to the project itself, at `SUPABASE_URL`.
 *
 * @param path such as `/rest/v1/profiles`, with its query
 * @throws NoAnswerError
 */
export async function callProject(
  world: World,
  path: string,
  request: {
    readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<ProjectAnswer> {
  const { method = "GET", headers, body } = request;
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  try {
    const response = await fetch(`${settingOf(world, "SUPABASE_URL")}${path}`, {
      method,
      // Supabase refuses a secret key in a request with a browser's User-Agent.
      headers: { accept: "application/json", "user-agent": "kinde-supabase-claims", ...headers },
      ...(body !== undefined && { body }),
      // A redirect would send the key to another address.
      redirect: "manual",
      signal: limit,
    });
    return toAnswer(response.status, await response.text());
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    const happened = limit.aborted
      ? `there was no answer within ${TIME_LIMIT_MS / 1000} s`
      : `the connection failed${typeof cause?.code === "string" ? ` (${cause.code})` : ""}`;
    const [route] = path.split("?");
    throw new NoAnswerError(`Supabase did not answer ${method} ${route}: ${happened}`);
  }
}

function toAnswer(status: number, text: string): ProjectAnswer {
  const body = parse(text);
  const { code } = Object(body) as { code?: unknown };
  return { status, code: typeof code === "string" ? code : undefined, body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Describes an answer by its status and its code. Its message is left out: it can hold row data.
 */
export function describeAnswer({ status, code }: ProjectAnswer): string {
  return code === undefined ? `${status}` : `${status} (${code})`;
}
