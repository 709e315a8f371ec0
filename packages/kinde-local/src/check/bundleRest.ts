import type { BundleProblem } from "../bundle/buildError.ts";
import { type Bundle, bundleWorkflow } from "../bundle/bundleWorkflow.ts";
import { mendOf } from "../bundle/mendImports.ts";
import { WORKFLOWS } from "../bundle/refusePackages.ts";
import type { LoadedWorkflow } from "../project/loadWorkflow.ts";

/**
 * The highest number of further builds. A build can fail because of imports that the builds before
 * it did not reach, but more than three further builds are rarely needed.
 */
const MAX_ATTEMPTS = 3;

/**
 * Returns the bundle of a workflow. If imports made the build fail, it builds again without them,
 * so that one check also finds the problems in the rest of the code.
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
