import { describe, expect, test } from "vitest";
import { readCases } from "./support/cases.ts";
import { makeProject, openKinde, WORKFLOWS } from "./support/project.ts";

describe("a workflow gives here what Kinde's public runtime gave", () => {
  test.for(readCases())("$name", async ({ source, env = {}, outcome }) => {
    const folder = makeProject({ [`${WORKFLOWS}/caseWorkflow.ts`]: source });
    const run = await openKinde(folder, { env, limits: { timeMs: 500 } }).run();

    expect(run.stage).toBe(outcome.stage);
    expect(run.error === null).toBe(outcome.error === undefined && !outcome.hangs);
    expect(run.completed).toBe(run.error === null);
    expect(run.claims.accessToken).toEqual(outcome.claims ?? {});
    expect(run.logs).toEqual(outcome.logs ?? []);
  });
});
