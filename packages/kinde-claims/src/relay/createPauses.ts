const LONGEST_SECONDS = 60;

/** Pauses that double while a service stays unavailable: 1, 2, 4, … 60 seconds. */
export interface Pauses {
  next(): number;
  /** The next pause is the shortest one again. */
  reset(): void;
}

export function createPauses(): Pauses {
  let seconds = 0;
  return {
    next() {
      seconds = Math.min(LONGEST_SECONDS, Math.max(1, seconds * 2));
      return seconds;
    },
    reset() {
      seconds = 0;
    },
  };
}
