// npm run doctor: see --help.
import { EXIT } from "./command/exitCodes.ts";
import { runCommand } from "./command/runCommand.ts";

await runCommand("npm run doctor", async () => {
  const { readOptions } = await import("./hosted/doctor/options.ts");
  const options = readOptions(process.argv.slice(2));
  const { runDoctor } = await import("./hosted/doctor/runDoctor.ts");
  return (await runDoctor(options)) ? EXIT.done : EXIT.failed;
});
