import { CommandError } from "../../command/errors.ts";
import { HostedApiError } from "../clients/HostedApiError.ts";
import { unavailableVendor } from "../unavailableVendor.ts";
import type { World } from "../world.ts";
import type { Check, Examination, Place } from "./check.ts";
import { NoAnswerError } from "./NoAnswerError.ts";

/** The result of a check, or why it did not run. */
export type Result = { readonly check: Check } & (
  | Examination
  /** Settings are missing. */
  | { readonly status: "leftOut"; readonly seen: string }
  /** An earlier check, on which this one depends, failed. */
  | { readonly status: "blocked"; readonly seen: string }
);

/**
 * Runs the checks in their order. A check whose request fails counts as failed; the others go on,
 * except those that would fail in the same way.
 *
 * @param onCheck receives what is being checked
 */
export async function examineAll(
  checks: readonly Check[],
  world: World,
  onCheck: (text: string) => void = () => undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  const blockers = new Map<Place, Check>();
  for (const check of checks) {
    const reason = reasonToLeaveOut(check, world);
    const blocker = check.uses.flatMap((place) => blockers.get(place) ?? [])[0];
    if (reason !== undefined) {
      results.push({ check, status: "leftOut", seen: reason });
    } else if (blocker) {
      results.push({ check, status: "blocked", seen: `first fix ${blocker.code}` });
    } else {
      onCheck(`Checking: ${check.title}`);
      const { lost, ...examination } = await attempt(check, world);
      results.push({ check, ...examination });
      const isStopped = check.isGate && examination.status === "failed";
      for (const place of isStopped ? check.uses : lost) blockers.set(place, check);
    }
  }
  return results;
}

/**
 * Runs one check. `lost` lists what could not be reached: the next checks cannot reach it either.
 */
async function attempt(
  check: Check,
  world: World,
): Promise<Examination & { readonly lost: readonly Place[] }> {
  try {
    return { ...(await check.examine(world)), lost: [] };
  } catch (error) {
    world.signal?.throwIfAborted();
    // Anything else is a bug and keeps its stack trace.
    if (!(error instanceof CommandError)) throw error;
    const vendor = unavailableVendor(error);
    const lost = vendor === "kinde" ? "kindeApi" : vendor;
    return {
      status: "failed",
      seen: error instanceof HostedApiError ? error.problem : error.message,
      cure: error instanceof HostedApiError || error instanceof NoAnswerError ? error.cure : "",
      lost: lost === undefined ? [] : [lost],
    };
  }
}

function reasonToLeaveOut({ needs, leftOut }: Check, { settings }: World): string | undefined {
  const missing = needs.filter((name) => settings[name] === undefined);
  return missing.length > 0 ? `needs ${missing.join(", ")}` : leftOut?.(settings);
}
