import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:packages`: tests that copy the repository or install packages, apart from `npm test`. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/packages/**/*.packages.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
