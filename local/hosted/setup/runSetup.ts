import { UsageError } from "../../command/errors.ts";
import { showProgress } from "../../command/progress.ts";
import { interruption } from "../../command/signals.ts";
import { createRedactor } from "../redact.ts";
import { type HostedSettings, readHostedSettings } from "../settings.ts";
import { warnOfReadableFile } from "../warnOfReadableFile.ts";
import { createWorld } from "../world.ts";
import { applySteps } from "./applySteps.ts";
import { checklist } from "./checklist.ts";
import { confirm } from "./confirm.ts";
import type { SetupOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { planSteps } from "./planSteps.ts";
import { isToApply, toJson, toSummary, toTable } from "./report.ts";
import { STEPS } from "./steps/index.ts";

/**
 * `npm run setup`: shows the plan, and applies it if asked to.
 *
 * @returns whether no step failed
 * @throws UsageError
 */
export async function runSetup(options: SetupOptions): Promise<boolean> {
  const settings = readHostedSettings(options.envFile);
  checkUsage(options, settings);
  const redact = createRedactor(settings);
  const show = (text: string) => process.stdout.write(redact(text));
  const note = (text: string) => process.stderr.write(`${redact(text)}\n`);
  const warning = warnOfReadableFile(options.envFile);
  if (warning) note(warning);

  const signal = interruption();
  const progress = showProgress();
  const step = (text: string) => progress.step(redact(text));
  const world = createWorld(settings, { signal, onWait: step });
  const byHand = checklist(settings);
  try {
    const plan = await planSteps(STEPS, world, step);
    progress.done();
    const isApplying = options.apply && plan.some(isToApply);
    if (options.json && !isApplying) show(toJson(plan, { applied: false, byHand }));
    if (!options.json) {
      show(`${toTable(plan)}\n${toSummary(plan)}\n`);
      if (!isApplying) show(`${closing(plan, options, byHand)}\n`);
    }
    if (!isApplying) return succeeded(plan);
    const question = `Make these changes in ${placesOf(settings)}? Type yes:`;
    if (!options.yes && !(await confirm(question, signal))) {
      note("Nothing was changed.");
      return true;
    }
    const result = await applySteps(STEPS, world, step);
    progress.done();
    if (options.json) show(toJson(result, { applied: true, byHand }));
    else show(`\n${toTable(result)}\n${toSummary(result)}\n${byHandText(byHand)}\n`);
    return succeeded(result);
  } finally {
    progress.done();
  }
}

function checkUsage({ apply, yes, json }: SetupOptions, settings: HostedSettings): void {
  const { supabase, kinde } = createWorld(settings);
  if (supabase === undefined && kinde === undefined) {
    throw new UsageError(
      "There are neither the settings of Supabase (SUPABASE_ACCESS_TOKEN, SUPABASE_PROJECT_REF) nor those of Kinde (KINDE_DOMAIN, KINDE_M2M_CLIENT_ID, KINDE_M2M_CLIENT_SECRET). Copy .env.hosted.example to .env.hosted, fill it in and name it with --env-file.",
    );
  }
  const canAsk = process.stdin.isTTY && !json;
  if (apply && !yes && !canAsk) {
    throw new UsageError("--apply asks a question, which needs a terminal. Add --yes.");
  }
}

function placesOf({ SUPABASE_PROJECT_REF, KINDE_DOMAIN }: HostedSettings): string {
  return [SUPABASE_PROJECT_REF, KINDE_DOMAIN].filter(Boolean).join(" and ");
}

function closing(plan: readonly Outcome[], options: SetupOptions, byHand: readonly string[]) {
  if (!plan.some(isToApply)) return byHandText(byHand);
  const file = options.envFile === undefined ? "" : ` --env-file ${options.envFile}`;
  return `Nothing was changed. To make the changes: npm run setup --${file} --apply`;
}

function byHandText(byHand: readonly string[]): string {
  const lines = byHand.map((line, index) => `  ${index + 1}. ${line}`);
  return ["", "Do this once by hand, since no API does it:", ...lines].join("\n");
}

function succeeded(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ status }) => status !== "failed");
}
