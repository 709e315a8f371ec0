import type { Reporter, TestModule } from "vitest/node";

/** Ends the output with one line that people and programs can read: `12 passed, 0 failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [
      ...[...module.children.allTests()].map((test) => test.result().state),
      // A file that cannot be loaded has no tests, but it counts as a failure.
      ...module.errors().map(() => "failed" as const),
    ]);
    const count = (state: string) => states.filter((each) => each === state).length;
    const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
    console.log(`\n${count("passed")} passed, ${count("failed") + errors.length} failed${skipped}`);
  }
}
