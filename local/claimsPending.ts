// npm run claims:pending: see --help.
import { EXIT } from "./command/exitCodes.ts";
import { runCommand } from "./command/runCommand.ts";

await runCommand("npm run claims:pending", async () => {
  const { readOptions } = await import("./claims/options.ts");
  const options = readOptions(process.argv.slice(2));
  const { showPendingChanges } = await import("./claims/showPendingChanges.ts");
  return (await showPendingChanges(options)) ? EXIT.done : EXIT.failed;
});
