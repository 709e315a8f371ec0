import { existsSync } from "node:fs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** What to do without a browser. */
export const HOW_TO_GET_CHROMIUM =
  "The browser tests need Chromium, and none was found. On Debian or Ubuntu: apt-get install chromium. " +
  "Elsewhere: name the program in CHROMIUM_BIN.";

/** The path of the browser's program. CHROMIUM_BIN overrides it. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_BIN;
  if (named) return existsSync(named) ? named : undefined;
  return PLACES.find((place) => existsSync(place));
}
