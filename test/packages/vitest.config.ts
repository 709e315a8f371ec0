import { join } from "node:path";
import { defineConfig } from "vitest/config";

/**
 * `npm run test:packages` runs the tests that copy the repository, install packages from the
 * registry, or take long. They are separate from `npm test` because they take minutes.
 */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/**/*.packages.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Several files pack a package, which builds its dist/ anew, so they cannot run at once.
    fileParallelism: false,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
