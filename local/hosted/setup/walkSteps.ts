import { CommandError } from "../../command/errors.ts";
import { unavailableVendor } from "../unavailableVendor.ts";
import type { World } from "../world.ts";
import { type Outcome, vendorOf } from "./outcome.ts";
import type { Plan, Step, Vendor } from "./step.ts";

/**
 * Runs the steps in their order and leaves out those that cannot be done.
 *
 * @param onStep receives what is being read
 * @param work what to do with the plan of a step; its error makes the step fail, and the others go
 * on
 */
export async function walkSteps(
  steps: readonly Step[],
  world: World,
  onStep: (text: string) => void,
  work: (step: Step, plan: Plan) => Promise<Pick<Outcome, "status" | "detail">>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const blockers = new Map<Vendor, Step>();
  for (const step of steps) {
    const reason = reasonToLeaveOut(step, world);
    const blocker = (step.calls ?? [vendorOf(step)]).flatMap((one) => blockers.get(one) ?? [])[0];
    if (reason !== undefined) {
      outcomes.push({ step, status: "leftOut", detail: reason });
    } else if (blocker) {
      outcomes.push({ step, status: "blocked", detail: `needs the step ${blocker.title} first` });
    } else {
      onStep(`Reading: ${step.title}`);
      const { lost, ...outcome } = await attempt(step, world, work);
      outcomes.push(outcome);
      const isStopped = outcome.status === "manual" || outcome.status === "failed";
      const blocked = step.isGate && isStopped ? vendorOf(step) : lost;
      if (blocked) blockers.set(blocked, step);
    }
  }
  return outcomes;
}

/**
 * Runs one step. `lost` is a vendor that could not be reached: the next steps cannot reach it
 * either.
 */
async function attempt(
  step: Step,
  world: World,
  work: Parameters<typeof walkSteps>[3],
): Promise<Outcome & { lost?: Vendor | undefined }> {
  try {
    return { step, ...(await work(step, await step.plan(world))) };
  } catch (error) {
    world.signal?.throwIfAborted();
    // Anything else is a bug and keeps its stack trace.
    if (!(error instanceof CommandError)) throw error;
    return { step, status: "failed", detail: error.message, lost: unavailableVendor(error) };
  }
}

function reasonToLeaveOut({ needs, leftOut }: Step, { settings }: World): string | undefined {
  const missing = needs.filter((name) => settings[name] === undefined);
  return missing.length > 0 ? `needs ${missing.join(", ")}` : leftOut?.(settings);
}
