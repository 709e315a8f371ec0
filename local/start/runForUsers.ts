import { type Env, type Kinde, type Run, redactRun } from "kinde-local";
import { maskUserId } from "../../kindeSrc/environment/workflows/profileClaims/userId.ts";

/** What one user's access token would hold, and how it came about. */
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

/** The workflow's key may show up in what it logs. The URL is no secret. */
function secretsOf(variables: Record<string, string>): Env {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([name]) => /KEY|SECRET|TOKEN|PASSWORD/i.test(name))
      .map(([name, value]) => [name, { value, isSecret: true }]),
  );
}

function toUserRun(user: string, run: Run): UserRun {
  const log = run.logs.map(({ arguments: parts }) => parts.map(String).join(" "));
  const line = log.find((text) => text.startsWith("profile_claims "));
  const logged = run.error === null ? line : undefined;
  return {
    user,
    claims: run.claims.accessToken,
    outcome: logged?.match(/ outcome=(\w+)/)?.[1] ?? "error",
    code: logged?.match(/ code=(\w+)/)?.[1] ?? null,
    ms: Math.round(run.ms),
    // An error's text is the workflow's own, and may quote the user.
    log:
      run.error === null ? log : [...log, describe(run.error).replaceAll(user, maskUserId(user))],
  };
}

function describe({ name, message, file, line }: NonNullable<Run["error"]>): string {
  return `${name}: ${message}${file && line ? ` (${file}:${line})` : ""}`;
}
