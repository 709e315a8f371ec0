import type { Kinde } from "../createKinde.ts";

/** What asks a command to end: Ctrl-C, a supervisor, a terminal that was closed. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Takes the realms' process along when a signal ends this one; the exit status stays that of the
 * signal (130, 143, 129 in a shell).
 */
export function endOnSignal(kinde: Kinde): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      void kinde.close(); // kills at once, and only waits to see it happen
      process.kill(process.pid, signal);
    });
  }
}
