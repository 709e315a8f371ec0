import { afterAll, describe, expect, test } from "vitest";
import { readCases } from "./support/cases.ts";
import { makeProject, openKinde, WORKFLOWS } from "./support/project.ts";

const cases = readCases();
const files = cases.map(({ name, source }) => [`${WORKFLOWS}/${name}Workflow.ts`, source]);
const folder = makeProject(Object.fromEntries(files), afterAll);
const patient = openKinde(folder, {}, afterAll);
/** For workflows that never end: what ends on a busy machine needs more time than this. */
const impatient = openKinde(folder, { limits: { timeMs: 500 } }, afterAll);

describe("a workflow gives here what Kinde's public runtime gave", () => {
  test.for(cases)("$name", async ({ name, env = {}, outcome }) => {
    const kinde = outcome.hangs ? impatient : patient;
    const unknowns = { undeclaredConsole: "absent" } as const;
    const run = await kinde.run({ workflow: `${name}Workflow.ts`, env, unknowns });

    expect(run.stage).toBe(outcome.stage);
    expect(run.error === null).toBe(outcome.error === undefined && !outcome.hangs);
    expect(run.completed).toBe(run.error === null);
    expect(run.claims.accessToken).toEqual(outcome.claims ?? {});
    expect(run.logs).toEqual(outcome.logs ?? []);
  });
});
