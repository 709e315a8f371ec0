import { type Env, type Kinde, type Run, type RunError, redactRun } from "kinde-local";
import { maskUserId } from "../../kindeSrc/environment/workflows/profileClaims/userId.ts";

/** The claims of one user's access token, and the run that wrote them. */
export type UserRun = {
  readonly user: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** found, missing or failed, as the log line says; error if the run itself went wrong. */
  readonly outcome: string;
  readonly code: string | null;
  /** Milliseconds of the whole run, the request to Supabase included. */
  readonly ms: number;
  readonly log: readonly string[];
};

/** Runs the project's token workflow once for each user, one after another. */
export async function runForUsers(
  kinde: Kinde,
  workflow: string,
  users: readonly string[],
  variables: Record<string, string>,
): Promise<UserRun[]> {
  const runs: UserRun[] = [];
  for (const user of users) {
    const run = await kinde.run({ workflow, user, env: variables });
    runs.push(toUserRun(user, redactRun(run, secretsOf(variables))));
  }
  return runs;
}

/** The workflow's log lines may contain its key. The URL is not secret. */
function secretsOf(variables: Record<string, string>): Env {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([name]) => /KEY|SECRET|TOKEN|PASSWORD/i.test(name))
      .map(([name, value]) => [name, { value, isSecret: true }]),
  );
}

function toUserRun(user: string, run: Run): UserRun {
  const log = run.logs.map(({ arguments: parts }) => parts.map(String).join(" "));
  const fields = run.error === null ? readLogFields(log) : new Map<string, string>();
  return {
    user,
    claims: run.claims.accessToken,
    outcome: fields.get("outcome") ?? "error",
    code: fields.get("code") ?? null,
    ms: Math.round(run.ms),
    log: run.error === null ? log : [...log, describe(run.error, user)],
  };
}

/** The workflow's one line is `profile_claims name=value name=value …`. */
function readLogFields(log: readonly string[]): Map<string, string> {
  const [, ...words] = log.find((text) => text.startsWith("profile_claims "))?.split(" ") ?? [];
  return new Map(
    words.map((word): [string, string] => {
      const [name = "", ...value] = word.split("=");
      return [name, value.join("=")];
    }),
  );
}

/** The text of the error comes from the workflow, and may contain the user's id. */
function describe({ name, message, instead, file, line }: RunError, user: string): string {
  const place = file && line ? ` (${file}:${line})` : "";
  const text = `${message}${instead === null ? "" : ` ${instead}`}`;
  return `${name}: ${text.replaceAll(user, maskUserId(user))}${place}`;
}
