import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:browser` is separate from `npm test`, because some machines have no browser. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/browser/*.browser.ts"],
    globalSetup: "test/browser/support/requireChromium.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores can run one browser and one stack at a time.
    fileParallelism: false,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
