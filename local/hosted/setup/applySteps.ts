import type { World } from "../world.ts";
import { type Outcome, TO_APPLY } from "./outcome.ts";
import { StepError } from "./StepError.ts";
import type { Step } from "./step.ts";
import { walkSteps } from "./walkSteps.ts";

/**
 * Applies every step that is not as it should be. Each step is read again just before and just after,
 * so that an interruption anywhere leaves nothing that the next run does not see.
 */
export function applySteps(
  steps: readonly Step[],
  world: World,
  onStep: (text: string) => void = () => undefined,
): Promise<Outcome[]> {
  return walkSteps(steps, world, onStep, async (step, plan) => {
    const { action, detail } = plan;
    if (!TO_APPLY.includes(action)) return { status: action, detail };
    onStep(`Applying: ${step.title}`);
    await plan.apply();
    const after = await step.plan(world);
    if (after.action === "exists") return { status: "done", detail: after.detail };
    if (action === "repeat") return { status: "done", detail };
    throw new StepError(
      `The change was accepted, but afterwards it was still to do (${after.detail}). Run the command again; if it stays so, look at it in the dashboard.`,
    );
  });
}
