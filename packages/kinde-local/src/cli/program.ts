import { Command } from "commander";
import { packageInfo } from "../packageInfo.ts";
import { checkCommand } from "./checkCommand.ts";
import { eventCommand } from "./eventCommand.ts";
import { explainCommand } from "./explainCommand.ts";
import { initCommand } from "./initCommand.ts";
import { listCommand } from "./listCommand.ts";
import { newCommand } from "./newCommand.ts";
import { runCommand } from "./runCommand.ts";

/** The commands in the order in which an author needs them. docs/commands.md has the same order. */
const COMMANDS = [
  newCommand,
  initCommand,
  checkCommand,
  explainCommand,
  runCommand,
  eventCommand,
  listCommand,
];

/** Defines all commands. `done` receives the exit code of the command that was run. */
export function createProgram(done: (code: number) => void): Command {
  const program = new Command("kinde-local")
    .description("Run and check Kinde's workflows on your own machine, in a runtime like Kinde's.")
    .version(packageInfo().version)
    .exitOverride()
    .showHelpAfterError(false)
    .addHelpText(
      "after",
      "\n--explain NAME is the same as the command explain.\n\nExit codes: 0 done; 1 the workflow failed, check found an error, or kinde-local itself failed; 2 wrong usage or input.",
    );
  for (const command of COMMANDS) program.addCommand(command(done).exitOverride());
  return program;
}
