import { CommandError } from "../../command/errors.ts";
import { EXIT } from "../../command/exitCodes.ts";

/** A step could not be applied, and another step or a person has to do something first. */
export class StepError extends CommandError {
  override readonly name = "StepError";
  readonly exitCode = EXIT.failed;
}
