import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{test,bench,packages,examples/express}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/fixtures/**"],
    globalSetup: ["./test/support/globalSetup.ts"],
    // Every file that needs servers starts its own, on free ports, and then mostly waits for them:
    // more files at a time than the default for two cores, which is one.
    maxWorkers: 3,
    // The files share what they import, which is a sixth of the time. Each tidies up after itself:
    // servers closed, globals and environment as they were.
    isolate: false,
    // A test that takes a few seconds on an idle machine can take a minute on a busy one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
