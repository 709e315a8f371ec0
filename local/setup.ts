// npm run setup: see --help.
import { EXIT } from "./command/exitCodes.ts";
import { runCommand } from "./command/runCommand.ts";

await runCommand("npm run setup", async () => {
  const { readOptions } = await import("./hosted/setup/options.ts");
  const options = readOptions(process.argv.slice(2));
  const { runSetup } = await import("./hosted/setup/runSetup.ts");
  return (await runSetup(options)) ? EXIT.done : EXIT.failed;
});
