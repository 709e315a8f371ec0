import { constants } from "node:os";

/** npx passes on a Ctrl-C that the terminal has also sent: one key press is two signals. */
const SAME_KEY_PRESS_MS = 1_000;

/** Aborts at the first Ctrl-C or request to end. A later one ends the process at once. */
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
