import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { kindeWith, workflow } from "./support/project.ts";

const before = 'kinde.accessToken.setCustomClaim("before", true);';

describe("a run is ended", () => {
  test.for([
    ["a loop", "for (;;) {}"],
    ["a loop of promise jobs", "for (;;) await null;"],
    ["a regular expression that backtracks without end", '/(a+)+$/.test("a".repeat(40) + "b")'],
    ["a sort without end", "for (;;) Array.from({ length: 1e5 }, (_, i) => -i).sort()"],
  ] as const)("at the time limit, in %s, and no catch or finally runs", async ([, body]) => {
    const source = workflow(`${before} try { ${body} } catch { return "caught" }
      finally { kinde.accessToken.setCustomClaim("finally", true) }`);
    const run = await kindeWith(source).run({ limits: { timeMs: 1_000 } });
    expect(run.error?.name).toBe("TimeLimitError");
    expect(run.completed).toBe(false);
    expect(run.claims.accessToken).toEqual({ before: true });
    expect(run.ms).toBeLessThan(4_000);
  });

  test.for([
    ["arrays", "const a = []; for (;;) a.push(new Array(1000).fill(0))"],
    ["a Map that grows", "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })"],
    ["strings", 'const a = []; for (;;) a.push("x".repeat(1e5) + a.length)'],
  ] as const)(
    "at the memory limit, reached with %s, and the calling process survives",
    { timeout: 90_000 },
    async ([, body]) => {
      const kinde = kindeWith(workflow(`${before} ${body}`));
      const run = await kinde.run({ limits: { memoryMb: 64, timeMs: 60_000 } });
      expect(run.error?.name).toBe("MemoryLimitError");
      expect(run.claims.accessToken).toEqual({ before: true });
    },
  );

  test("at once when a promise can never settle", async () => {
    const run = await kindeWith(workflow("await new Promise(() => {})")).run();
    expect(run.error?.name).toBe("NeverSettledError");
    expect(run.completed).toBe(false);
    expect(run.ms).toBeLessThan(5_000);
  });

  test("and the next one runs normally", async () => {
    const kinde = kindeWith(
      workflow("if (event.context.user.id === 'kp_loop') for (;;) {}\nreturn 1"),
    );
    const first = await kinde.run({ user: "kp_loop", limits: { timeMs: 500 } });
    const second = await kinde.run({ user: "kp_other" });
    expect(first.error?.name).toBe("TimeLimitError");
    expect(second.claims.accessToken.result).toBe(1);
  });

  test("while its workflowSettings are read, if the top level loops", async () => {
    const kinde = kindeWith("for (;;) {}\nexport default async function () {}");
    const run = await kinde.run();
    expect(run.stage).toBe("introspect");
    expect(run.error?.message).toContain("top level");
  });
});

describe("an interrupted run", () => {
  const loop = (policy: string) =>
    workflow("for (;;) {}").replace(
      "bindings:",
      `failurePolicy: { action: "${policy}" }, bindings:`,
    );

  test.for([
    ["continue", true],
    ["stop", false],
  ] as const)("with failurePolicy %s: the sign-in goes on (%s)", async ([policy, goesOn]) => {
    const run = await kindeWith(loop(policy)).run({ limits: { timeMs: 50 } });
    expect(run.workflow.failurePolicy).toBe(policy);
    expect(run).toMatchObject({ goesOn, stoppedBy: goesOn ? null : "failure" });
  });
});

test.skipIf(process.platform === "win32")(
  "limits count from the start of the workflow's code, not of the process",
  { timeout: 30_000 },
  async () => {
    const node = process.execPath;
    const slowNode = join(mkdtempSync(join(tmpdir(), "kinde-local-slow-")), "node");
    onTestFinished(() => {
      process.execPath = node;
      rmSync(dirname(slowNode), { recursive: true });
    });
    // Longer than the limit of 3 s for reading the settings, plus its grace period of 2 s.
    writeFileSync(slowNode, `#!/bin/sh\nsleep 5.3\nexec "${node}" "$@"\n`, { mode: 0o755 });
    const kinde = kindeWith(workflow("return 1"));
    process.execPath = slowNode;
    const run = await kinde.run({ limits: { timeMs: 200 } });
    expect(run).toMatchObject({ error: null, goesOn: true });
  },
);
