import type { Effects } from "kinde-local";
import { describe, expect, test } from "vitest";
import { coloursFor } from "../src/cli/colours.ts";
import { runAsText } from "../src/cli/showRun.ts";
import { useKinde } from "./support/project.ts";

/** A workflow with all bindings that can stop the flow. */
function source(trigger: string, body: string, policy = "stop"): string {
  return `export const workflowSettings = {
  id: "test",
  trigger: "${trigger}",
  failurePolicy: { action: "${policy}" },
  bindings: { "kinde.auth": {}, "kinde.widget": {}, "kinde.plan": {} },
};
export default async function () { ${body} }
`;
}

const DECISIONS = {
  accessDenied: 'kinde.auth.denyAccess("no")',
  invalidFields: 'kinde.widget.invalidateFormField("f", "no")',
  planSelectionDenied: 'kinde.plan.denySelection("no", [])',
  planCancellationDenied: 'kinde.plan.denyCancellation("no")',
} as const;
type Decision = keyof typeof DECISIONS;

const EFFECTS: Pick<Effects, Decision> = {
  accessDenied: { reason: "no" },
  invalidFields: [{ field: "f", message: "no" }],
  planSelectionDenied: { message: "no", reasons: [] },
  planCancellationDenied: { message: "no" },
};

const TRIGGERS: [trigger: string, flow: string, stoppedBy: Decision[]][] = [
  ["user:tokens_generation", "the sign-in", ["accessDenied"]],
  ["user:pre_mfa", "the sign-in", ["accessDenied"]],
  ["user:post_authentication", "the sign-in", ["accessDenied"]],
  ["m2m:token_generation", "the token request", ["accessDenied"]],
  ["user:existing_password_provided", "the sign-in", ["accessDenied", "invalidFields"]],
  ["user:new_password_provided", "the new password", ["accessDenied", "invalidFields"]],
  ["user:pre_registration", "the registration", ["accessDenied", "invalidFields"]],
  ["user:new_username_provided", "the new username", ["accessDenied", "invalidFields"]],
  ["user:plan_selection", "the change of plan", ["accessDenied", "planSelectionDenied"]],
  [
    "user:plan_cancellation_request",
    "the cancellation of the plan",
    ["accessDenied", "planCancellationDenied"],
  ],
];

const WHY: Record<Decision, string> = {
  accessDenied: "the workflow denied access",
  invalidFields: "the workflow refused a field",
  planSelectionDenied: "the workflow denied the plan",
  planCancellationDenied: "the workflow denied the cancellation",
};

const kindeWith = useKinde();
const noColours = coloursFor({ isTTY: false } as NodeJS.WriteStream);
const NO_CLAIMS = { accessToken: {}, idToken: {}, m2mToken: {} };

/** Runs a workflow, and returns the printed report and its last line without the time. */
async function verdictOf(code: string) {
  const run = await kindeWith(code).run();
  const text = runAsText(run, NO_CLAIMS, [], noColours);
  const line = text.trim().split("\n").at(-1) ?? "";
  return { text, verdict: line.replace(/ {2}[\d.]+ ms of .*$/, "") };
}

describe.for(TRIGGERS)("%s", ([trigger, flow, stoppedBy]) => {
  test.for(Object.keys(DECISIONS) as Decision[])(
    "the decision %s is recorded, and stops the flow only where Kinde obeys it",
    async (decision) => {
      const run = await kindeWith(source(trigger, DECISIONS[decision])).run();
      const stops = stoppedBy.includes(decision);
      expect(run).toMatchObject({
        completed: true,
        goesOn: !stops,
        stoppedBy: stops ? decision : null,
      });
      expect(run.effects[decision]).toEqual(EFFECTS[decision]);
    },
  );

  test("the report says whether the flow goes on", async () => {
    for (const decision of stoppedBy) {
      const { verdict } = await verdictOf(source(trigger, DECISIONS[decision]));
      expect(verdict).toBe(`completed, and ${flow} is stopped (${WHY[decision]})`);
    }
    const { verdict } = await verdictOf(source(trigger, ""));
    expect(verdict).toBe(`completed, ${flow} goes on`);
  });
});

test("the report marks a decision that has no effect at the trigger", async () => {
  const { text, verdict } = await verdictOf(
    source("user:tokens_generation", DECISIONS.planSelectionDenied),
  );
  expect(text).toContain("plan selection denied: no (no effect at user:tokens_generation)");
  expect(verdict).toBe("completed, the sign-in goes on");
});

describe("a failed run", () => {
  test("stops the flow with failurePolicy stop", async () => {
    const code = source("user:plan_selection", 'throw new Error("down")');
    expect(await kindeWith(code).run()).toMatchObject({ goesOn: false, stoppedBy: "failure" });
    const { verdict } = await verdictOf(code);
    expect(verdict).toBe("failed, and the change of plan is stopped (failurePolicy stop)");
  });

  test("does not stop it with failurePolicy continue", async () => {
    const code = source("user:plan_selection", 'throw new Error("down")', "continue");
    expect(await kindeWith(code).run()).toMatchObject({ goesOn: true, stoppedBy: null });
    const { verdict } = await verdictOf(code);
    expect(verdict).toBe("failed, the change of plan goes on (failurePolicy continue)");
  });

  test("keeps the decision that the workflow made before", async () => {
    const body = `${DECISIONS.accessDenied}; throw new Error("down")`;
    const code = source("user:post_authentication", body, "continue");
    expect(await kindeWith(code).run()).toMatchObject({ goesOn: false, stoppedBy: "accessDenied" });
    const { verdict } = await verdictOf(code);
    expect(verdict).toBe("failed, and the sign-in is stopped (the workflow denied access)");
  });
});

test("a workflow that Sync code would refuse stops the flow", async () => {
  const run = await kindeWith("let a; a ??= 1; export default async function () {}").run();
  expect(run).toMatchObject({ stage: "introspect", goesOn: false, stoppedBy: "syncRefused" });
});
