import { findProject } from "../project/findProject.ts";
import { findWorkflowFiles } from "../project/findWorkflowFiles.ts";
import type { LoadedWorkflow } from "../project/loadWorkflow.ts";
import type { Env } from "../types.ts";
import type { Finding } from "./Finding.ts";
import { checkBindings } from "./rules/bindings.ts";
import { checkClaims } from "./rules/claims.ts";
import { checkCrashes } from "./rules/crashes.ts";
import { checkDefaultExport } from "./rules/defaultExport.ts";
import { checkGlobals } from "./rules/globals.ts";
import { checkHabits } from "./rules/habits.ts";
import { checkLoading } from "./rules/loading.ts";
import { checkMembers } from "./rules/members.ts";
import { checkProjectFile } from "./rules/projectFile.ts";
import { checkReceivers } from "./rules/receivers.ts";
import { checkSettings, checkUnique } from "./rules/settings.ts";
import { checkVariableSizes, checkVariables } from "./rules/variables.ts";
import { type WorkflowSource, workflowSource } from "./WorkflowSource.ts";

/** Variables to compare with what the workflows read, and where they were given. */
export interface GivenEnv {
  env: Env;
  file: string;
}

/** Every finding about a project, in the order of its files. Runs no workflow. */
export function checkProject(
  start: string,
  workflows: readonly LoadedWorkflow[],
  given: GivenEnv | null,
): Finding[] {
  const project = findProject(start);
  const sources = workflows.flatMap((loaded) => {
    // A bundle that cannot be read has no tree to look at.
    const isReadable = loaded.bundle && (loaded.failed === null || !isSyntax(loaded));
    return isReadable && loaded.bundle ? [workflowSource(loaded, loaded.bundle)] : [];
  });
  const findings = [
    ...checkProjectFile(project),
    ...workflows.flatMap(checkLoading),
    ...sources.flatMap((source) => checkSource(source, given)),
    ...checkUnique(sources),
    ...(given ? checkVariableSizes(given.env, given.file) : []),
  ];
  const order = [project.configFile, ...findWorkflowFiles(project)];
  return unique(findings).sort(
    (a, b) =>
      rank(a, order) - rank(b, order) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

function checkSource(source: WorkflowSource, given: GivenEnv | null): Finding[] {
  const rules = [
    checkGlobals,
    checkMembers,
    checkReceivers,
    checkClaims,
    checkHabits,
    checkCrashes,
  ];
  // Without settings that could be read, nothing can be said about them.
  if (source.loaded.failed === null) rules.push(checkSettings, checkBindings, checkDefaultExport);
  const findings = rules.flatMap((rule) => rule(source));
  return given ? [...findings, ...checkVariables(source, given.env)] : findings;
}

function isSyntax({ failed }: LoadedWorkflow): boolean {
  return failed?.error.code === "SYNTAX_REFUSED";
}

function rank({ file }: Finding, order: readonly string[]): number {
  const at = order.indexOf(file ?? "");
  return at < 0 ? order.length : at;
}

/** Two workflows that share a file find the same in it. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((found) => [JSON.stringify(found), found]));
  return [...seen.values()];
}
