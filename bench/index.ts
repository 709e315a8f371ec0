// npm run bench: see --help.
import { writeFileSync } from "node:fs";
import { EXIT } from "../local/command/exitCodes.ts";
import { showProgress } from "../local/command/progress.ts";
import { runCommand } from "../local/command/runCommand.ts";

await runCommand("npm run bench", async () => {
  const { readOptions } = await import("./options.ts");
  const options = readOptions(process.argv.slice(2));
  const { runBench } = await import("./run.ts");
  const progress = showProgress();
  const report = await runBench(options, progress.step).finally(progress.done);
  const { printReport } = await import("./report/printReport.ts");
  const text = options.json ? JSON.stringify(report, null, 2) : printReport(report);
  process.stdout.write(`${text}\n`);
  if (options.chart) {
    const { drawChart } = await import("./report/chart.ts");
    writeFileSync(options.chart, drawChart(report.sizes));
  }
  return EXIT.done;
});
