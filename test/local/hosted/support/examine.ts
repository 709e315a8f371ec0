import { CHECKS } from "../../../../local/hosted/doctor/checks/index.ts";
import { examineAll, type Result } from "../../../../local/hosted/doctor/examineAll.ts";
import type { HostedSettings } from "../../../../local/hosted/settings.ts";
import { createWorld } from "../../../../local/hosted/world.ts";

/** Runs one check of the doctor in this process. */
export async function examine(code: string, settings: HostedSettings): Promise<Result> {
  const checks = CHECKS.filter((check) => check.code === code);
  const [result] = await examineAll(checks, createWorld(settings));
  if (result === undefined) throw new Error(`there is no check ${code}`);
  return result;
}

/** Runs all checks in this process. */
export function examineEverything(settings: HostedSettings): Promise<Result[]> {
  return examineAll(CHECKS, createWorld(settings));
}
