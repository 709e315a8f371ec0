import type { Failure, Lookup } from "./lookup.ts";
import { writeLog } from "./natives.ts";
import { maskUserId } from "./userId.ts";

export type LogEntry = {
  readonly lookup: Lookup<Record<never, never>>;
  /** Set if SUPABASE_ROLE_CLAIM has a value that is not accepted. */
  readonly roleFailure: Failure | undefined;
  readonly claims: Readonly<Record<string, boolean | string | number | null>>;
  readonly userId: unknown;
  readonly origin: unknown;
  /** Milliseconds from the start of the run. */
  readonly ms: number;
};

/**
 * Writes the log line of a run in the format logfmt, with its fields in a fixed order. So you can
 * search Kinde's runtime log by `code=`, `outcome=` or the end of a user id.
 */
export function logLookup(entry: LogEntry): void {
  const { lookup, roleFailure, claims, userId, origin, ms } = entry;
  const failures = [lookup.outcome === "failed" ? lookup : undefined, roleFailure].filter(
    (failure) => failure !== undefined,
  );
  // If both failed, the line has the lookup's code, because that failure changed the claims.
  const code = failures[0]?.code;
  const line = [
    "profile_claims",
    `outcome=${lookup.outcome}`,
    ...(code === undefined ? [] : [`code=${code}`]),
    ...Object.entries(claims).map(([name, value]) => `${name}=${logfmtValue(value)}`),
    `user=${maskUserId(userId)}`,
    `origin=${typeof origin === "string" && /^[a-z_]{1,40}$/.test(origin) ? origin : "unknown"}`,
    `ms=${ms}`,
    ...(code === undefined ? [] : [`hint=${JSON.stringify(hints(failures))}`]),
  ].join(" ");
  writeLog(code === undefined ? "info" : "error", line);
}

function hints(failures: readonly Failure[]): string {
  return failures.map(({ hint }) => hint).join("; ");
}

/** Quotes a string unless it is a plain word, because spaces and quotes would break the line. */
function logfmtValue(value: boolean | string | number | null): string {
  return typeof value === "string" && !/^[\w.:-]+$/.test(value)
    ? JSON.stringify(value)
    : `${value}`;
}
