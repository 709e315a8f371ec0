import { join } from "node:path";
import { sampleEvent } from "kinde-local";
import { afterAll, describe, expect, test } from "vitest";
import { applyOverrides } from "../src/cli/overrides.ts";
import { checkEvent } from "../src/events/checkEvent.ts";
import { SAMPLE_EVENTS } from "../src/events/sampleEvents.ts";
import type { JsonObject } from "../src/types.ts";
import { kindeLocal } from "./support/command.ts";
import { kindeWith, makeProject, WORKFLOWS, workflow } from "./support/project.ts";

const TOKENS = "user:tokens_generation";
const sample = () => sampleEvent(TOKENS) as unknown as JsonObject & { context: JsonObject };
const problemOf = (event: JsonObject, trigger: string = TOKENS): string => {
  try {
    checkEvent(trigger, event, "The event of e.json");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("the shape of an event", () => {
  test.for(Object.entries(SAMPLE_EVENTS))(
    "the sample of %s has the right shape",
    ([trigger, event]) => {
      expect(problemOf(event as unknown as JsonObject, trigger)).toBe("");
    },
  );

  test("a member may be added, and an organization may be missing or null", () => {
    const event = sample();
    event.context.new_member = { a: 1 };
    delete event.context.organization;
    expect(problemOf(event)).toBe("");
    event.context.organization = null;
    expect(problemOf(event)).toBe("");
  });

  test("a misspelt member is named", () => {
    const event = sample();
    event.context.usr = event.context.user ?? null;
    delete event.context.user;
    expect(problemOf(event)).toBe(
      'The event of e.json has no context.user. Rename "context.usr" to "context.user". `npx kinde-local event user:tokens_generation` prints a whole event.',
    );
  });

  test("the documented event of a sign-up with a password has the right shape", () => {
    // docs.kinde.com shows no application, and a user's id only for a password reset.
    const auth = { firstPassword: "a", secondPassword: "a", newPasswordReason: "initial" };
    const domains = { kindeDomain: "https://example.kinde.com" };
    const trigger = "user:new_password_provided";
    const context = { domains, auth, user: { email: "a@example.com" }, workflow: { trigger } };
    expect(problemOf({ request: { ip: "::1", userAgent: "a" }, context }, trigger)).toBe("");
  });

  test("a missing member is accepted if a new member may have replaced it", () => {
    const event = sample();
    event.context.flow = "a";
    delete event.context.user;
    expect(problemOf(event)).toBe("");
  });

  test("digits become a string if the member is a string", () => {
    const event = sample();
    applyOverrides(event, ["context.organization.code=123"], TOKENS);
    expect(event.context.organization).toEqual({ code: "123" });
  });

  test.for([
    ["context.user.id", ["kp_1"], "a list", "a string"],
    ["context.user", "kp_1", "a string", "an object"],
    ["context.user.id", null, "null", "a string"],
    ["context.auth.isExistingSession", "no", "a string", "true or false"],
    ["request.auth.audience", "api", "a string", "a list"],
  ] as const)("%s is %s", ([path, value, is, should]) => {
    const event = sample();
    applyOverrides(event, [`${path}=${JSON.stringify(value)}`], TOKENS);
    expect(problemOf(event)).toBe(
      `The event of e.json has ${is} at ${path}, and Kinde sends ${should} there. \`npx kinde-local event user:tokens_generation\` prints a whole event.`,
    );
  });
});

describe("kinde-local run refuses", () => {
  const machine = workflow("return 1").replace(TOKENS, "m2m:token_generation");
  const FILE = "kindeSrc/environment/workflows/testWorkflow.ts";
  const files = {
    "plan.json": JSON.stringify(sampleEvent("user:plan_selection")),
    "half.json": '{"context":{"user":{"id":"kp_1"}}}',
  };
  const folder = makeProject({ [FILE]: workflow("return 1"), ...files }, afterAll);
  const machineFolder = makeProject({ [FILE]: machine }, afterAll);

  test.for([
    [["--override", "a=b"], "an event of user:tokens_generation has no a."],
    [
      ["--override", "context.user.di=kp_1"],
      'has no context.user.di. Did you mean "context.user.id"?',
    ],
    [["--override", "request.auth.audience.0=x"], "has no request.auth.audience.0."],
    [["--override", "context.user.id=[5]"], "The event has a list at context.user.id"],
    [
      ["--event", join(folder, "plan.json")],
      'plan.json belongs to the trigger "user:plan_selection", but the workflow\'s trigger is "user:tokens_generation".',
    ],
    [["--event", join(folder, "half.json")], "half.json has no request."],
  ] as const)("%j", async ([options, message]) => {
    const { code, stderr, stdout } = await kindeLocal("run", "--project", folder, ...options);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test.for([
    [["--user", "kp_1"], "The option user cannot be applied", "context.user.id"],
    [["--origin", "refresh"], "The option origin cannot be applied", "context.auth.origin"],
  ] as const)("%j for a machine token", async ([options, message, path]) => {
    const { code, stderr } = await kindeLocal("run", "--project", machineFolder, ...options);
    expect(stderr).toContain(`${message}: an event of m2m:token_generation has no ${path}.`);
    expect(code).toBe(2);
  });
});

test("with two workflows, --event does not hide the error that a workflow must be named", async () => {
  const folder = makeProject({
    [`${WORKFLOWS}/aWorkflow.ts`]: workflow("return 1").replace('"test"', '"a"'),
    [`${WORKFLOWS}/bWorkflow.ts`]: workflow("return 1").replace(TOKENS, "user:pre_mfa"),
    "plan.json": JSON.stringify(sampleEvent("user:plan_selection")),
  });
  const options = ["--project", folder, "--event", join(folder, "plan.json")];
  const { stderr } = await kindeLocal("run", ...options);
  expect(stderr).toContain("The project has 2 workflows; name one: a, test.");
});

describe("the test API", () => {
  test("refuses an event of another trigger, and a user for a machine token", async () => {
    const kinde = kindeWith(workflow("return 1"));
    const event = sampleEvent("m2m:token_generation");
    await expect(kinde.run({ event })).rejects.toMatchObject({ code: "BAD_INPUT" });
    const machine = kindeWith(workflow("return 1").replace(TOKENS, "m2m:token_generation"));
    await expect(machine.run({ user: "kp_1" })).rejects.toMatchObject({ code: "BAD_OPTION" });
  });

  test("runs a workflow of an unknown trigger on the event of a token generation", async () => {
    const kinde = kindeWith(workflow("return 1").replace(TOKENS, "user:new_trigger"));
    expect(await kinde.run({ user: "kp_1" })).toMatchObject({ error: null });
  });

  test("accepts a partial event and values of other types, to test how a workflow handles them", async () => {
    const kinde = kindeWith(workflow("return event.context.user.id"));
    const run = await kinde.run({ event: { context: { user: { id: 5 } } } });
    expect(run.claims.accessToken).toEqual({ result: 5 });
  });
});
