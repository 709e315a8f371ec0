import { showProgress } from "../../command/progress.ts";
import { interruption } from "../../command/signals.ts";
import { createRedactor } from "../redact.ts";
import { readHostedSettings } from "../settings.ts";
import { runSetup } from "../setup/runSetup.ts";
import { warnOfReadableFile } from "../warnOfReadableFile.ts";
import { createWorld } from "../world.ts";
import { CHECKS } from "./checks/index.ts";
import { examineAll, type Result } from "./examineAll.ts";
import type { DoctorOptions } from "./options.ts";
import { isHealthy, toJson, toText } from "./report.ts";

/**
 * `npm run doctor`: checks the hosted set-up, and hands over to `npm run setup` with `--fix`.
 *
 * @returns whether no check failed, or the set-up mended what it can
 * @throws UsageError
 */
export async function runDoctor(options: DoctorOptions): Promise<boolean> {
  const settings = readHostedSettings(options.envFile);
  const redact = createRedactor(settings);
  const warning = warnOfReadableFile(options.envFile);
  if (warning) process.stderr.write(`${warning}\n`);
  const progress = showProgress();
  const step = (text: string) => progress.step(redact(text));
  const world = createWorld(settings, { signal: interruption(), onWait: step });
  const results = await examineAll(CHECKS, world, step).finally(() => progress.done());
  process.stdout.write(redact(options.json ? toJson(results) : toText(results)));
  if (!options.fix || !results.some(isFixedBySetup)) return isHealthy(results);
  return await runSetup({ ...options, apply: true });
}

function isFixedBySetup(result: Result): boolean {
  return result.status === "failed" && result.isFixedBySetup === true;
}
