import type { Check, Examination } from "../../../../local/hosted/doctor/check.ts";
import { examineAll } from "../../../../local/hosted/doctor/examineAll.ts";
import type { HostedSettings } from "../../../../local/hosted/settings.ts";
import { createWorld } from "../../../../local/hosted/world.ts";

type Seen = Pick<Examination, "status" | "seen"> & { readonly cure?: string };

/** Runs the checks, as `npm run doctor` does, and returns the results by code. */
export async function examine(
  checks: readonly Check[],
  settings: HostedSettings,
  options: Parameters<typeof createWorld>[1] = {},
): Promise<Record<string, Seen>> {
  const results = await examineAll(checks, createWorld(settings, options));
  return Object.fromEntries(
    results.map(({ check, ...result }) => [check.code, result as unknown as Seen]),
  );
}
