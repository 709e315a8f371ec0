import { findChromium, HOW_TO_GET_CHROMIUM } from "./chromium.ts";

/** Reports a missing browser in one sentence, before a stack is started. */
export default function requireChromium(): void {
  if (findChromium() === undefined) {
    process.stderr.write(`\nnpm run test:browser: ${HOW_TO_GET_CHROMIUM}\n`);
    process.exit(2);
  }
}
