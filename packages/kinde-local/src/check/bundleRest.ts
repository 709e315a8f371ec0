import type { BundleProblem } from "../bundle/buildError.ts";
import { type Bundle, bundleWorkflow } from "../bundle/bundleWorkflow.ts";
import { mendOf } from "../bundle/mendImports.ts";
import { WORKFLOWS } from "../bundle/refusePackages.ts";
import type { LoadedWorkflow } from "../project/loadWorkflow.ts";

/** A second attempt can fail for other imports. More than that is rare. */
const MAX_ATTEMPTS = 3;

/**
 * Returns the bundle of a workflow. If imports kept it from being bundled, it is bundled again
 * without them, so that one check also finds what is wrong with the rest.
 */
export async function bundleRest(
  { bundle, failed, file }: LoadedWorkflow,
  folder: string,
): Promise<{ bundle: Bundle | null; problems: readonly BundleProblem[] }> {
  let found = bundle;
  const problems = [...(failed?.problems ?? [])];
  for (let attempt = 0; found === null && attempt < MAX_ATTEMPTS; attempt++) {
    const mend = mendOf(problems);
    if (mend === null) break;
    const rest = await bundleWorkflow(file, folder, WORKFLOWS, mend);
    found = rest.bundle;
    problems.push(...(rest.problems ?? []));
  }
  return { bundle: found, problems };
}
