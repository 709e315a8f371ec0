import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Every file that needs servers starts its own, on free ports; two cores carry two at a time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
