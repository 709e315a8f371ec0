import { findChromium, HOW_TO_GET_CHROMIUM } from "./chromium.ts";

/** Says in one sentence what is missing, before a stack is started. */
export default function requireChromium(): void {
  if (findChromium() === undefined) {
    process.stderr.write(`\nnpm run test:browser: ${HOW_TO_GET_CHROMIUM}\n`);
    process.exit(2);
  }
}
