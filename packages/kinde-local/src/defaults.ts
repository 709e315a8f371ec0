import { KindeError } from "./errors.ts";
import type { Limits, Unknowns } from "./types.ts";

export const DEFAULT_UNKNOWNS: Unknowns = {
  nonOkResponse: "deliver",
  invalidJson: "throw",
  missingVariable: "null",
  interruptedClaims: "keep",
  undeclaredConsole: "provided",
  eventObject: "map",
  undeclaredFetch: "absent",
};

/** All values of each member of `Unknowns`. The first is the default. */
const UNKNOWN_VALUES: { readonly [K in keyof Unknowns]: readonly Unknowns[K][] } = {
  nonOkResponse: ["deliver", "throw"],
  invalidJson: ["throw", "null"],
  missingVariable: ["null", "undefined"],
  interruptedClaims: ["keep", "drop"],
  undeclaredConsole: ["provided", "absent"],
  eventObject: ["map", "copy"],
  undeclaredFetch: ["absent", "provided"],
};

const DEFAULT_LIMITS: Limits = { timeMs: 10_000, memoryMb: 128 };

/** Merges settings. Later ones win, and undefined changes nothing. */
export function mergeUnknowns(...parts: (Partial<Unknowns> | undefined)[]): Unknowns {
  const merged: Record<string, string> = { ...DEFAULT_UNKNOWNS };
  for (const [name, value] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    if (value === undefined) continue;
    const allowed: readonly string[] | undefined = Object.hasOwn(UNKNOWN_VALUES, name)
      ? UNKNOWN_VALUES[name as keyof Unknowns]
      : undefined;
    if (!allowed?.includes(value)) throw badUnknown(name, value, allowed);
    merged[name] = value;
  }
  return merged as unknown as Unknowns;
}

export function mergeLimits(...parts: (Partial<Limits> | undefined)[]): Limits {
  const merged = { ...DEFAULT_LIMITS };
  for (const part of parts) {
    for (const name of ["timeMs", "memoryMb"] as const) {
      const value = part?.[name];
      if (value === undefined) continue;
      if (!(Number.isFinite(value) && value > 0)) {
        throw new KindeError(
          "BAD_OPTION",
          `limits.${name} is ${value}; it must be a number above 0.`,
        );
      }
      merged[name] = value;
    }
  }
  return merged;
}

function badUnknown(
  name: string,
  value: string,
  allowed: readonly string[] | undefined,
): KindeError {
  const text = allowed
    ? `"${value}" is not a value of the setting ${name}. Choose ${allowed.map((choice) => `"${choice}"`).join(" or ")}.`
    : `There is no setting "${name}". The settings are ${Object.keys(UNKNOWN_VALUES).join(", ")}.`;
  return new KindeError("BAD_OPTION", text);
}
