/** The time limits of one batch. */
export interface CallLimits {
  /** Whether another call may start. */
  readonly mayStart: boolean;
  /** Is aborted when the open calls must end. */
  readonly signal: AbortSignal;
  /** Stops the timers. */
  end(): void;
}

/**
 * Messages become visible again 30 s after they were taken, and another relay would then repeat the
 * calls. So no call starts after 20 s, and calls end after 25 s; settling may take 5 s. The
 * limits use timers and not the clock, because the clock of a machine can jump.
 */
const START_LIMIT_MS = 20_000;
const END_LIMIT_MS = 25_000;

/** @param limitMs no call starts after this time, if it is shorter than 20 s */
export function createCallLimits(limitMs: number, stop: AbortSignal | undefined): CallLimits {
  const controller = new AbortController();
  let isOver = false;
  const timers = [
    setTimeout(
      () => {
        isOver = true;
      },
      Math.min(limitMs, START_LIMIT_MS),
    ),
    setTimeout(() => controller.abort(), END_LIMIT_MS),
  ];
  return {
    get mayStart() {
      return !isOver && !stop?.aborted;
    },
    signal: controller.signal,
    end() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
