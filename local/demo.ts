// npm run app: see --help.
import { EXIT } from "./command/exitCodes.ts";
import { runCommand } from "./command/runCommand.ts";

await runCommand("npm run app", async () => {
  const { readOptions } = await import("./demo/options.ts");
  const options = readOptions(process.argv.slice(2));
  const { runApp } = await import("./demo/runApp.ts");
  await runApp(options);
  return EXIT.done;
});
