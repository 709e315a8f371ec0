import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:browser`: apart from `npm test`, since not every machine has a browser. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/browser/*.browser.ts"],
    globalSetup: "test/browser/support/requireChromium.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One browser and one stack at a time is what two cores carry.
    fileParallelism: false,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
