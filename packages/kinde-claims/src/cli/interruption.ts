import { constants } from "node:os";

/**
 * The terminal sends a Ctrl-C to this process and to npx, and npx passes it on to this process. So
 * one key press arrives as two signals.
 */
const SAME_KEY_PRESS_MS = 1_000;

/**
 * Returns a signal that is aborted at the first Ctrl-C (SIGINT) or SIGTERM. Another one, more than
 * a second later, ends the process at once.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        firstAt = performance.now();
        controller.abort();
      } else if (performance.now() - firstAt > SAME_KEY_PRESS_MS) {
        process.exit(128 + constants.signals[name]);
      }
    });
  }
  return controller.signal;
}
