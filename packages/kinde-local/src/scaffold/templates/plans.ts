import type { Template } from "./Template.ts";

/** Triggers at which a user changes the plan. */
export const PLANS = {
  "user:plan_selection": {
    when: "a user selects a plan",
    ...{ member: "PlanSelection", event: "onPlanSelection", name: "planSelection" },
    imports: ["denyPlanSelection"],
    bindings: ["kinde.plan"],
    body: [
      "const { requestedPlanCode } = event.context.billing;",
      'if (requestedPlanCode === "enterprise") denyPlanSelection("Please talk to us first.", []);',
    ],
    test: {
      title: "denies the enterprise plan",
      change: 'event.context.billing.requestedPlanCode = "enterprise";',
      expected: '{ message: "Please talk to us first.", reasons: [] }',
      actual: "run.effects.planSelectionDenied",
    },
  },
  "user:plan_cancellation_request": {
    when: "a user asks to cancel a plan",
    ...{
      member: "PlanCancellationRequest",
      event: "onPlanCancellationRequest",
      name: "planCancellation",
    },
    imports: ["denyPlanCancellation"],
    bindings: ["kinde.plan"],
    body: [
      "const { currentPlanCode } = event.context.billing;",
      'if (currentPlanCode === "yearly") denyPlanCancellation("The year is not over yet.");',
    ],
    test: {
      title: "keeps the yearly plan",
      change: 'event.context.billing.currentPlanCode = "yearly";',
      expected: '{ message: "The year is not over yet." }',
      actual: "run.effects.planCancellationDenied",
    },
  },
} satisfies Record<string, Template>;
