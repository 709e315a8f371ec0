// npm run bench: see --help.
import { writeFileSync } from "node:fs";
import { showProgress } from "../local/start/progress.ts";
import { LocalStackError } from "../local/supabase/index.ts";
import { WrongResult } from "./measure/checks.ts";
import { readOptions } from "./options.ts";
import { drawChart } from "./report/chart.ts";
import { printReport } from "./report/printReport.ts";
import { runBench } from "./run.ts";

const EXIT = { failed: 1, usage: 2, stack: 3 } as const;

const options = readOptions(process.argv.slice(2));
if ("problem" in options) {
  fail(options.problem, EXIT.usage);
} else {
  const progress = showProgress();
  try {
    const report = await runBench(options, progress.step);
    progress.done();
    const text = options.json ? JSON.stringify(report, null, 2) : printReport(report);
    process.stdout.write(`${text}\n`);
    if (options.chart) writeFileSync(options.chart, drawChart(report.sizes));
  } catch (error) {
    progress.done();
    const isStack = error instanceof LocalStackError;
    const isExpected = isStack || error instanceof WrongResult;
    fail(isExpected ? error.message : String(error), isStack ? EXIT.stack : EXIT.failed);
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`npm run bench: ${message}\n`);
  process.exitCode = exitCode;
}
