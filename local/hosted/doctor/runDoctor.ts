import { UsageError } from "../../command/errors.ts";
import { showProgress } from "../../command/progress.ts";
import { interruption } from "../../command/signals.ts";
import { createRedactor } from "../redact.ts";
import { type HostedSettings, readHostedSettings } from "../settings.ts";
import { runSetup } from "../setup/runSetup.ts";
import { warnOfReadableFile } from "../warnOfReadableFile.ts";
import { createWorld } from "../world.ts";
import { CHECKS } from "./checks/index.ts";
import { examineAll, type Result } from "./examineAll.ts";
import type { DoctorOptions } from "./options.ts";
import { isHealthy, toJson, toText } from "./report.ts";
import { runLog } from "./runLog.ts";
import { runToken } from "./runToken.ts";

/**
 * `npm run doctor`: checks the hosted set-up. With `--fix`, if there are problems that the set-up
 * can fix, it runs `npm run setup -- --apply` and checks again. With `--token` or `--log`, it
 * examines the token or the log instead.
 *
 * @returns whether no check failed at the end, or whether the token or the log is good
 * @throws UsageError
 */
export async function runDoctor(options: DoctorOptions): Promise<boolean> {
  checkUsage(options);
  const { token, log, json } = options;
  if (token !== undefined) return await runToken({ ...options, token });
  if (log !== undefined) return await runLog(log, json);
  const settings = readHostedSettings(options.envFile);
  const warning = warnOfReadableFile(options.envFile);
  if (warning) process.stderr.write(`${warning}\n`);
  const results = await examine(settings, options);
  if (!options.fix || !results.some(isFixedBySetup)) return isHealthy(results);
  process.stdout.write("\nHanding over to npm run setup.\n\n");
  await runSetup({ ...options, apply: true });
  process.stdout.write("\nChecking again.\n\n");
  return isHealthy(await examine(settings, options));
}

function checkUsage({ fix, yes, json, token, log }: DoctorOptions): void {
  if ([fix || undefined, token, log].filter((given) => given !== undefined).length > 1) {
    throw new UsageError("Only one of --fix, --token and --log can be used at a time.");
  }
  if (fix && json) {
    throw new UsageError(
      "--fix prints text for people, not JSON, so it cannot be used together with --json.",
    );
  }
  if (fix && !yes && !process.stdin.isTTY) {
    throw new UsageError("--fix asks a question, which needs a terminal. Add --yes.");
  }
}

/** Runs all checks once and prints the report. */
async function examine(settings: HostedSettings, { json }: DoctorOptions): Promise<Result[]> {
  const redact = createRedactor(settings);
  const progress = showProgress();
  const step = (text: string) => progress.step(redact(text));
  const world = createWorld(settings, { signal: interruption(), onWait: step });
  const results = await examineAll(CHECKS, world, step).finally(() => progress.done());
  process.stdout.write(redact(json ? toJson(results) : toText(results)));
  return results;
}

function isFixedBySetup(result: Result): boolean {
  return result.status === "failed" && result.isFixedBySetup === true;
}
