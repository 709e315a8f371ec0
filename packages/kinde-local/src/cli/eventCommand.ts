import { Command } from "commander";
import { KindeError } from "../errors.ts";
import { sampleEvent } from "../events/sampleEvents.ts";
import { ExitCode } from "./exitCodes.ts";
import { requireTrigger, triggerList } from "./triggerArgument.ts";

/** `kinde-local event`: prints a sample event as JSON, for the option `run --event`. */
export function eventCommand(done: (code: number) => void): Command {
  return new Command("event")
    .description("Print a sample event of a trigger. Change it and pass it to run --event.")
    .argument("[trigger]", "such as user:tokens_generation")
    .option("--json", "makes no difference: an event is always JSON")
    .action((trigger: string | undefined) => {
      if (trigger === undefined) {
        throw new KindeError("BAD_OPTION", `Name a trigger:\n${triggerList()}`);
      }
      process.stdout.write(`${JSON.stringify(sampleEvent(requireTrigger(trigger)), null, 2)}\n`);
      done(ExitCode.done);
    });
}
