import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:packages`: apart from `npm test`, since it installs from the registry. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/packages/**/*.packages.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each packs and installs; packing builds dist/ anew.
    fileParallelism: false,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
