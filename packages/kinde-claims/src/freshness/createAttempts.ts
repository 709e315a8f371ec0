import { codeOf } from "../errors/codeOf.ts";
import type { FreshnessProblem, FreshnessStep } from "./types.ts";

/** Runs steps within one time limit, and records the failures. `run` never throws. */
export interface Attempts {
  readonly problems: readonly FreshnessProblem[];
  /** @returns what the step returned, or undefined if it failed or the time was over */
  run<T>(
    step: FreshnessStep,
    action: (signal: AbortSignal) => T | Promise<T>,
  ): Promise<{ readonly value: T } | undefined>;
  readonly isOutOfTime: boolean;
  /** Stops the timer. */
  end(): void;
}

export function createAttempts(limitMs: number): Attempts {
  const problems: FreshnessProblem[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(), limitMs);
  const outOfTime = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const noteOutOfTime = (step: FreshnessStep) =>
    problems.push({ step, code: "OUT_OF_TIME", message: `no time left (limit ${limitMs} ms)` });

  return {
    problems,
    get isOutOfTime() {
      return signal.aborted;
    },
    async run(step, action) {
      if (signal.aborted) {
        noteOutOfTime(step);
        return undefined;
      }
      // Errors of the step are caught here. A step can also fail after the time is over, when its
      // result is ignored.
      const running = (async () => ({ value: await action(signal) }))().catch((error: unknown) => {
        if (!signal.aborted)
          problems.push({ step, code: codeOf(error), message: messageOf(error) });
        return undefined;
      });
      const result = await Promise.race([running, outOfTime]);
      if (result === undefined && signal.aborted) noteOutOfTime(step);
      return result;
    },
    end: () => clearTimeout(timer),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `a value of type ${typeof error} was thrown`;
}
