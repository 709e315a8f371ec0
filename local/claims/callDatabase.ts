import { CommandError } from "../command/errors.ts";
import { EXIT } from "../command/exitCodes.ts";
import type { Project } from "./readProject.ts";

/** The project did not answer, or it refused. */
export class ProjectError extends CommandError {
  override readonly name = "ProjectError";
  readonly exitCode = EXIT.failed;
}

const LIMIT_MS = 15_000;

/**
 * Calls a function of the database through the Data API, with the secret key.
 *
 * @returns the answer's JSON
 * @throws ProjectError on one line, without the key
 */
export async function callDatabase(project: Project, name: string): Promise<unknown> {
  const { url, secretKey } = project;
  const fail = (problem: string) =>
    new ProjectError(`The function ${name} of ${url} could not be called: ${problem}`);
  const response = await fetch(`${url}/rest/v1/rpc/${name}`, {
    method: "POST",
    headers: {
      apikey: secretKey,
      // A legacy key is a JWT, which PostgREST reads from Authorization.
      ...(!secretKey.startsWith("sb_") && { authorization: `Bearer ${secretKey}` }),
      "content-type": "application/json",
      "user-agent": "claims-pending",
    },
    body: "{}",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch((error: Error) => {
    const { code = error.name } = Object(error.cause) as { code?: string };
    throw fail(
      `the project did not answer (${code}). Is SUPABASE_URL right, and is the project running?`,
    );
  });
  if (!response.ok) throw fail(`${reasonOf(response.status)} (status ${response.status}).`);
  return await response.json().catch(() => {
    throw fail("the answer is not from a Data API. Is SUPABASE_URL right?");
  });
}

function reasonOf(status: number): string {
  if (status === 401 || status === 403) return "the project refused SUPABASE_SECRET_KEY";
  if (status === 404)
    return 'the project does not have this function, so run "npx supabase db push --remote"';
  return "the project has a problem, so try again later";
}
