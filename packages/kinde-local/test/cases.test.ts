import { afterAll, describe, expect, test } from "vitest";
import { readCases } from "./support/cases.ts";
import { makeProject, openKinde, WORKFLOWS } from "./support/project.ts";

const cases = readCases();
const files = cases.map(({ name, source }) => [`${WORKFLOWS}/${name}Workflow.ts`, source]);
const folder = makeProject(Object.fromEntries(files), afterAll);
const patient = openKinde(folder, {}, afterAll);
/** Only for workflows that never end. On a busy machine, other workflows need more than 500 ms. */
const impatient = openKinde(folder, { limits: { timeMs: 500 } }, afterAll);

describe("a workflow has the same result as in Kinde's public runtime", () => {
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
