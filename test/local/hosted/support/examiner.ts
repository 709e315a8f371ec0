import { expect } from "vitest";
import type { Examination } from "../../../../local/hosted/doctor/check.ts";
import { SUPABASE_CHECKS } from "../../../../local/hosted/doctor/checks/supabase/index.ts";
import { examineAll, type Result } from "../../../../local/hosted/doctor/examineAll.ts";
import type { HostedSettings } from "../../../../local/hosted/settings.ts";
import { createWorld } from "../../../../local/hosted/world.ts";
import { withDatabase } from "../../../../local/supabase/index.ts";
import type { DoctorWorld } from "./doctorWorld.ts";

interface Fault {
  readonly status?: Examination["status"];
  /** A part of what the check must report. */
  readonly seen: string | RegExp;
  /** Settings that differ from the defaults. */
  readonly settings?: Partial<HostedSettings>;
  readonly break?: () => unknown;
  /** Receives the cure, to try it. */
  readonly mend?: (cure: string) => unknown;
}

/** Runs the doctor's checks of Supabase in this process. */
export interface Examiner {
  /** Runs one check, with other settings if they are given. */
  check(code: string, changes?: Partial<HostedSettings>): Promise<Result>;
  /** Runs all checks with these settings. */
  checkAll(settings: HostedSettings): Promise<Result[]>;
  /** Breaks something, expects the check to fail, repairs it, and expects the check to succeed. */
  expectFailure(code: string, fault: Fault): Promise<void>;
  /** Runs SQL as the dashboard's SQL editor does, and returns the rows of one statement. */
  sqlEditor(text: string): Promise<unknown[]>;
  /** Runs SQL as the superuser. */
  superuser(text: string): Promise<unknown[]>;
  /** Everything that the doctor reported. */
  readonly said: readonly Result[];
}

export function createExaminer(world: () => DoctorWorld): Examiner {
  const said: Result[] = [];
  const run = async (settings: HostedSettings, code?: string) => {
    const checks = SUPABASE_CHECKS.filter((one) => code === undefined || one.code === code);
    const results = await examineAll(checks, createWorld(settings));
    said.push(...results);
    return results;
  };
  const check = async (code: string, changes: Partial<HostedSettings> = {}) => {
    const [result] = await run({ ...world().validSettings, ...changes }, code);
    if (result === undefined) throw new Error(`there is no check ${code}`);
    return result;
  };
  const query = (url: string, text: string) =>
    withDatabase(url, async (client) => (await client.query(text)).rows);
  return {
    said,
    check,
    checkAll: (settings) => run(settings),
    sqlEditor: (text) => query(world().local.databaseUrl, text),
    superuser: (text) => query(world().local.superuserUrl, text),
    async expectFailure(code, fault) {
      await fault.break?.();
      let result: Result | undefined;
      try {
        result = await check(code, fault.settings);
      } finally {
        await fault.mend?.(result && "cure" in result ? result.cure : "");
      }
      const { seen, status = "failed" } = fault;
      expect(result).toMatchObject({
        status,
        seen:
          typeof seen === "string" ? expect.stringContaining(seen) : expect.stringMatching(seen),
      });
      const { check: _, ...mended } = await check(code);
      expect(mended).toEqual({ status: "ok", seen: expect.any(String) });
    },
  };
}
