import type { World } from "../world.ts";
import type { Outcome } from "./outcome.ts";
import type { Step } from "./step.ts";
import { walkSteps } from "./walkSteps.ts";

/** Reads the present state of everything and decides what to do. Changes nothing. */
export function planSteps(
  steps: readonly Step[],
  world: World,
  onStep: (text: string) => void = () => undefined,
): Promise<Outcome[]> {
  return walkSteps(steps, world, onStep, async (_, { action, detail }) => ({
    status: action,
    detail,
  }));
}
