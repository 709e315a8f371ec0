// npm run bench: see --help.
import { writeFileSync } from "node:fs";
import { EXIT } from "../local/command/exitCodes.ts";
import { showProgress } from "../local/command/progress.ts";
import { runCommand } from "../local/command/runCommand.ts";
import type { Report } from "./report/types.ts";

await runCommand("npm run bench", async () => {
  const { readOptions } = await import("./options.ts");
  const options = readOptions(process.argv.slice(2));
  if (options.claimChanges) return benchClaimChanges(options.json);
  const { runBench } = await import("./run.ts");
  const { printReport } = await import("./report/printReport.ts");
  const progress = showProgress();
  const print = (report: Report) => {
    const text = options.json ? JSON.stringify(report, null, 2) : printReport(report);
    process.stdout.write(`${text}\n`);
  };
  let kept: Report | undefined;
  const report = await runBench(options, progress.step, (part) => {
    kept = part;
  })
    .finally(progress.done)
    .catch((error: unknown) => {
      if (kept) print(kept);
      throw error;
    });
  print(report);
  if (options.chart) {
    const { drawChart } = await import("./report/chart.ts");
    writeFileSync(options.chart, drawChart(report.sizes));
  }
  return EXIT.done;
});

async function benchClaimChanges(json: boolean): Promise<number> {
  const { measureClaimChangesCost } = await import("./claimChanges/measureCost.ts");
  const { measureDelay } = await import("./claimChanges/measureDelay.ts");
  const { printClaimChanges } = await import("./claimChanges/printClaimChanges.ts");
  const progress = showProgress();
  try {
    const costs = await measureClaimChangesCost({ onProgress: progress.step });
    const delay = await measureDelay(progress.step);
    const text = json ? JSON.stringify({ costs, delay }, null, 2) : printClaimChanges(costs, delay);
    progress.done();
    process.stdout.write(`${text}\n`);
    return EXIT.done;
  } finally {
    progress.done();
  }
}
