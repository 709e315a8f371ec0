import { CommandError } from "../command/errors.ts";
import { EXIT } from "../command/exitCodes.ts";

/** The parts of the local stack that can fail, as they are named to a person. */
export type StackPart =
  | "PostgreSQL"
  | "PostgREST"
  | "gateway"
  | "migrations"
  | "Supabase CLI"
  | "edge functions"
  | "guard"
  | `examples/${string}`
  | "temporary folder";

/**
 * A part of the local stack failed. The message is one or two sentences for a person: which part,
 * what happened, what to do. It needs no stack trace.
 */
export class LocalStackError extends CommandError {
  override readonly name = "LocalStackError";
  readonly exitCode = EXIT.stack;
  readonly part: StackPart;

  constructor(part: StackPart, message: string, options?: ErrorOptions) {
    super(`${part}: ${message}`, options);
    this.part = part;
  }
}
