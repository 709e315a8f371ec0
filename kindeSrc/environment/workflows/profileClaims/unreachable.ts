import { type Failure, failed } from "./lookup.ts";

const CAUSES: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/no such host/, "the host name is unknown: check SUPABASE_URL; is the project paused?"],
  [/connection refused/, "nothing listens there: check SUPABASE_URL"],
  [/timeout|deadline exceeded/i, "no answer in time: see the project's status"],
  [/x509|certificate|tls/i, "the TLS connection failed: check SUPABASE_URL"],
];

/**
 * The failure of a fetch that threw.
 *
 * @param error Go's error. Its text holds the URL and with it the user id, so it is only searched.
 */
export function unreachable(error: unknown): Failure {
  const text = error instanceof Error ? error.message : "";
  // What stands before the last quote is the URL.
  const cause = text.slice(text.lastIndexOf('"') + 1);
  const known = CAUSES.find(([pattern]) => pattern.test(cause));
  return failed("UNREACHABLE", known?.[1] ?? "the request failed before an answer came");
}
