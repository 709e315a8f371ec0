import type { World } from "../world.ts";
import { type Outcome, TO_APPLY } from "./outcome.ts";
import { StepError } from "./StepError.ts";
import type { Step } from "./step.ts";
import { walkSteps } from "./walkSteps.ts";

/**
 * Applies every step whose state is not yet the wanted one. The state is read just before and just
 * after each change, so the next run finds whatever an interruption left.
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
      `The change was accepted, but reading it back did not show it (${after.detail}). Run the command again; if the problem remains, look at this setting in the dashboard.`,
    );
  });
}
