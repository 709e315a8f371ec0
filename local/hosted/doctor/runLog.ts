import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../command/errors.ts";
import { readCures } from "./log/readCures.ts";
import { isLogGood, toLogText } from "./log/report.ts";
import { type LogSummary, summarizeLog } from "./log/summarizeLog.ts";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * `npm run doctor -- --log <file>`: sums up exported log lines.
 *
 * @param file `-` for standard input
 * @returns whether the log has runs, and none of them failed or has a code
 * @throws UsageError if the file cannot be read
 */
export async function runLog(file: string, json: boolean): Promise<boolean> {
  if (file !== "-") requireFile(file);
  const input = file === "-" ? process.stdin : createReadStream(file, "utf8");
  const summary = await summarizeLog(
    createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }),
  );
  const isGood = isLogGood(summary);
  const cures = readCures(REPOSITORY);
  process.stdout.write(
    json
      ? `${JSON.stringify({ ok: isGood, ...summary, cures: curesOf(summary, cures) }, null, 2)}\n`
      : toLogText(summary, cures),
  );
  return isGood;
}

/** The cure of each code that occurs. */
function curesOf({ codes }: LogSummary, cures: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.keys(codes).map((code) => [code, cures.get(code) ?? null]));
}

function requireFile(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile()) return;
  const problem = stat === undefined ? "does not exist" : "is not a file";
  throw new UsageError(
    `The --log ${file} ${problem}. Export the workflow's runtime log from Kinde.`,
  );
}
