/** A wrong answer that a fake returns, `times` times. */
export interface Fault {
  /** The vendor's name of the operation that fails. Every operation unless given. */
  readonly operation?: string;
  /** How often the fake returns it; always, unless given. */
  readonly times?: number;
  /** The status of the answer; 500 unless given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Leaves the request open and never answers. */
  readonly silent?: boolean;
  /** Makes the change first and then fails, so that the caller does not know of the change. */
  readonly afterwards?: boolean;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Returns the fault for this request, and counts it. */
  take(operation: string, when: "before" | "afterwards"): Fault | undefined;
}

export function createFaults(): Faults {
  let faults: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear: () => {
      faults = [];
    },
    take(operation, when) {
      const found = faults.find(
        ({ fault, left }) =>
          left > 0 &&
          (fault.afterwards ? "afterwards" : "before") === when &&
          (fault.operation === undefined || fault.operation === operation),
      );
      if (found) found.left -= 1;
      return found?.fault;
    },
  };
}
