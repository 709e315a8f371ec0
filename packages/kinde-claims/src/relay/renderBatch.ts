import type { BatchReport } from "./types.ts";

/** The log line of a batch: `notified 12 users (14 changes) in 230 ms`. It holds no user id. */
export function renderBatch(report: BatchReport): string {
  const { taken, users, notified, gone, retried, dead, ms, stopped, failure } = report;
  if (failure?.step === "take") {
    return `cannot take changes (${failure.code}): ${failure.message}`;
  }
  const whole =
    notified === users ? count(notified, "user") : `${notified} of ${count(users, "user")}`;
  const others = [
    gone > 0 && `${gone} unknown to Kinde`,
    retried > 0 && `${retried} to try again`,
    dead > 0 && `${dead} put aside`,
  ].filter((part) => part !== false);
  const parts = [`notified ${whole} (${count(taken, "change")}) in ${ms} ms`, ...others];
  const line = parts.join(", ");
  if (failure) {
    return `${line}; cannot settle, so Kinde will be notified again (${failure.code}): ${failure.message}`;
  }
  if (!stopped) return line;
  return `${line}; paused for ${stopped.pauseSeconds} s (${stopped.code}): ${stopped.message}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
