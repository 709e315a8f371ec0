import type { Kinde } from "../createKinde.ts";

/** Signals that end a command: from Ctrl-C, a supervisor, or a closed terminal. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes a signal that ends this process also end the realms' process. The exit status stays that of
 * the signal (130, 143, 129 in a shell).
 */
export function endOnSignal(kinde: Kinde): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      void kinde.close(); // kills at once; only the promise takes longer
      process.kill(process.pid, signal);
    });
  }
}
