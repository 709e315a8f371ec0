import { bundleWorkflow } from "../bundle/bundleWorkflow.ts";
import { forgetTree } from "../bundle/parseBundle.ts";
import { PAGES } from "../bundle/refusePackages.ts";
import type { Project } from "../project/findProject.ts";
import type { Finding } from "./Finding.ts";
import { bundleFinding, undefinedFinding } from "./rules/loading.ts";
import { checkPageExport } from "./rules/pages.ts";
import { bundleSource } from "./WorkflowSource.ts";

/**
 * Finds why a page cannot be built, imports that are undefined, and a wrong default export. The
 * engine of pages is not public, so the rules about the language and its globals are for workflows
 * only.
 */
export async function checkPage(file: string, project: Project): Promise<Finding[]> {
  const bundled = await bundleWorkflow(file, project.folder, PAGES);
  const { bundle, problems } = bundled;
  if (!bundle) return problems.map((problem) => bundleFinding(problem, PAGES));
  const source = bundleSource(bundle);
  const findings = [
    ...bundle.undefinedImports.map(undefinedFinding),
    ...checkPageExport(file, source),
  ];
  forgetTree(bundle);
  return findings;
}
