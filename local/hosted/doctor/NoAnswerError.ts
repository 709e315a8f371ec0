import { CommandError } from "../../command/errors.ts";
import { EXIT } from "../../command/exitCodes.ts";

/** The project itself did not answer a request. The message names the request, never a key. */
export class NoAnswerError extends CommandError {
  override readonly name = "NoAnswerError";
  readonly exitCode = EXIT.failed;
  readonly cure = "Run the command again; if the problem remains, see https://status.supabase.com.";
}
