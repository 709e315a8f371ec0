import { type Failure, failed } from "./lookup.ts";

const CAUSES: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/no such host/, "the host name is unknown: check SUPABASE_URL; is the project paused?"],
  [/connection refused/, "nothing listens at this address: check SUPABASE_URL"],
  [/timeout|deadline exceeded/i, "no answer in time: see the project's status"],
  [/x509|certificate|tls|HTTP response to HTTPS/i, "the TLS connection failed: check SUPABASE_URL"],
];

/**
 * Returns the failure that an error of `kinde.fetch` means.
 *
 * @param error the error of Go's HTTP client, which Kinde uses: `Get "https://…": dial tcp: …`. Its
 *   message contains the URL with the user id. So only the part after the URL is searched, and
 *   nothing of the message is copied
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
