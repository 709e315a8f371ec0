import type { Lookup } from "./lookup.ts";
import { writeLog } from "./natives.ts";
import { maskUserId } from "./userId.ts";

export type LogEntry = {
  readonly lookup: Lookup<Record<never, never>>;
  readonly claims: Readonly<Record<string, unknown>>;
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
    `origin=${logfmtValue(origin)}`,
    `ms=${ms}`,
    ...(failure ? [`hint=${JSON.stringify(failure.hint)}`] : []),
  ].join(" ");
  writeLog(failure ? "error" : "info", line);
}

/** Anything that could break the line or hide in it becomes `unknown`. */
function logfmtValue(value: unknown): string {
  const text = String(value);
  return /^[\w.:-]{1,64}$/.test(text) ? text : "unknown";
}
