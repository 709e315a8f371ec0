import type { Lookup } from "./lookup.ts";
import { writeLog } from "./natives.ts";
import { maskUserId } from "./userId.ts";

export type LogEntry = {
  readonly lookup: Lookup<Record<never, never>>;
  readonly claims: Readonly<Record<string, boolean | string | number | null>>;
  readonly userId: unknown;
  readonly origin: unknown;
  /** Milliseconds from the start of the run. */
  readonly ms: number;
};

/**
 * Writes the one log line of a run: logfmt, in the same order on every path, so that Kinde's runtime
 * log can be searched by `code=`, `outcome=` or the end of a user id.
 */
export function logLookup({ lookup, claims, userId, origin, ms }: LogEntry): void {
  const failure = lookup.outcome === "failed" ? lookup : undefined;
  const line = [
    "profile_claims",
    `outcome=${lookup.outcome}`,
    ...(failure ? [`code=${failure.code}`] : []),
    ...Object.entries(claims).map(([name, value]) => `${name}=${logfmtValue(value)}`),
    `user=${maskUserId(userId)}`,
    `origin=${typeof origin === "string" && /^[a-z_]{1,40}$/.test(origin) ? origin : "unknown"}`,
    `ms=${ms}`,
    ...(failure ? [`hint=${JSON.stringify(failure.hint)}`] : []),
  ].join(" ");
  writeLog(failure ? "error" : "info", line);
}

/** A text that is no plain word is quoted, so that it cannot break the line. */
function logfmtValue(value: boolean | string | number | null): string {
  return typeof value === "string" && !/^[\w.:-]+$/.test(value)
    ? JSON.stringify(value)
    : `${value}`;
}
