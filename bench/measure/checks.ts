import type { Run } from "kinde-local";
import { CommandError } from "../../local/command/errors.ts";
import { EXIT } from "../../local/command/exitCodes.ts";
import type { Workflows } from "./subjects.ts";

/** A measured workflow or request had the wrong result, so its time must not be counted. */
export class WrongResult extends CommandError {
  override readonly name = "WrongResult";
  readonly exitCode = EXIT.failed;
}

/** Whether a run led to the correct token for a subscriber. */
export function isRight(run: Run): boolean {
  return run.goesOn && run.claims.accessToken.lifetime_subscriber === true;
}

/** Wraps the workflows so that each run for a subscriber is checked for the correct result. */
export function checked(workflows: Workflows): Workflows {
  const check =
    (name: string, work: (user: string) => Promise<Run>, did: (run: Run) => boolean) =>
    async (user: string) => {
      const run = await work(user);
      if (did(run)) return run;
      throw new WrongResult(`the workflow "${name}" did not do its work: ${why(run)}.`);
    };
  const isReached = (run: Run) => run.completed && run.fetches[0]?.status === 200;
  return {
    ours: check("ours", workflows.ours, (run) => isRight(run) && isReached(run)),
    tutorial: check("tutorial", workflows.tutorial, isRight),
    requestOnly: check("requestOnly", workflows.requestOnly, isReached),
    empty: check("empty", workflows.empty, (run) => run.completed),
    close: workflows.close,
  };
}

function why({ error, fetches, claims, logs }: Run): string {
  const claim = `lifetime_subscriber is ${JSON.stringify(claims.accessToken.lifetime_subscriber)}`;
  const status = `the request's status ${fetches[0]?.status ?? "none"}`;
  const log = logs.at(-1);
  return [error?.message, claim, status, log && `it logged ${JSON.stringify(log)}`]
    .filter(Boolean)
    .join(", ");
}
