import { type Failure, failed } from "./lookup.ts";

const CAUSES: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/no such host/, "the host name is unknown: check SUPABASE_URL; is the project paused?"],
  [/connection refused/, "nothing listens there: check SUPABASE_URL"],
  [/timeout|deadline exceeded/i, "no answer in time: see the project's status"],
  [/x509|certificate|tls|HTTP response to HTTPS/i, "the TLS connection failed: check SUPABASE_URL"],
];

/**
 * The failure that an error of `kinde.fetch` means.
 *
 * @param error Go's error, `Get "https://…": dial tcp: …`. Its text contains the URL and the user id. So
 *   this only searches it, behind the URL, and never copies it.
 */
export function unreachable(error: unknown): Failure {
  const text = String((error as { message?: unknown } | null | undefined)?.message);
  const cause = text.replace(/^\w+ "(\\.|[^"\\])*": /, "");
  const known = CAUSES.find(([pattern]) => pattern.test(cause));
  return failed(
    "UNREACHABLE",
    known?.[1] ?? "no answer, or an error status that Kinde did not pass on",
  );
}
