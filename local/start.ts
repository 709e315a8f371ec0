// npm start: see --help.
import { EXIT } from "./command/exitCodes.ts";
import { runCommand } from "./command/runCommand.ts";

await runCommand("npm start", async () => {
  const { readOptions } = await import("./start/options.ts");
  const options = readOptions(process.argv.slice(2));
  const { start } = await import("./start/start.ts");
  return (await start(options)) ? EXIT.done : EXIT.failed;
});
