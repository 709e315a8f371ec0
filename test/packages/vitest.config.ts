import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:packages`: tests that copy the repository or install packages, apart from `npm test`. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/packages/**/*.packages.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
