import { relative } from "node:path";
import type { Kinde } from "kinde-local";
import { UsageError } from "../command/errors.ts";

/**
 * Finds the id of the project's workflow that runs when a token is made. It throws, before anything
 * else is started, if the project has no such workflow or `kinde-local check` finds an error in it.
 *
 * @throws UsageError, KindeError
 */
export async function tokenWorkflow(kinde: Kinde): Promise<string> {
  const refusal = (await kinde.check()).find(({ severity }) => severity === "error");
  if (refusal) {
    const { file, line, message } = refusal;
    const place =
      file === null ? "" : ` (${relative(process.cwd(), file)}${line ? `:${line}` : ""})`;
    throw new UsageError(
      `This project has an error: ${message}${place}. For all findings, run npx kinde-local check.`,
    );
  }
  const workflows = await kinde.workflows();
  const found = workflows.find(({ trigger }) => trigger === "user:tokens_generation");
  if (!found) {
    throw new UsageError(
      "The project has no workflow with the trigger user:tokens_generation, so there are no claims to show.",
    );
  }
  return found.id;
}
