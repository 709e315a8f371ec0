import { forgetTree } from "../bundle/parseBundle.ts";
import { findRefusedSyntax } from "../bundle/refuseSyntax.ts";
import { findPageFiles } from "../project/findPageFiles.ts";
import type { Project } from "../project/findProject.ts";
import { findWorkflowFiles } from "../project/findWorkflowFiles.ts";
import type { LoadedWorkflow } from "../project/loadWorkflow.ts";
import type { Env } from "../types.ts";
import { bundleRest } from "./bundleRest.ts";
import { checkPage } from "./checkPage.ts";
import type { Finding } from "./Finding.ts";
import { inParallel } from "./inParallel.ts";
import { checkBindings } from "./rules/bindings.ts";
import { checkClaims } from "./rules/claims.ts";
import { checkCrashes } from "./rules/crashes.ts";
import { checkDefaultExport } from "./rules/defaultExport.ts";
import { checkGlobals } from "./rules/globals.ts";
import { checkHabits } from "./rules/habits.ts";
import {
  bundleFinding,
  checkIntrospection,
  refusedFindings,
  undefinedFinding,
} from "./rules/loading.ts";
import { checkMembers } from "./rules/members.ts";
import { checkProjectFile } from "./rules/projectFile.ts";
import { checkReceivers } from "./rules/receivers.ts";
import { checkResponses } from "./rules/responses.ts";
import { checkSettings } from "./rules/settings.ts";
import { checkTexts } from "./rules/texts.ts";
import { checkUnique, type Unique, uniqueOf } from "./rules/unique.ts";
import { checkUrls } from "./rules/urls.ts";
import { checkVariableSizes, checkVariables } from "./rules/variables.ts";
import { type WorkflowSource, workflowSource } from "./WorkflowSource.ts";

/** The variables of the env file, which are compared with the variables that the workflows read. */
export interface GivenEnv {
  env: Env;
  file: string;
}

/**
 * How many workflows or pages are checked at once. This number keeps the bundler busy while the
 * rules run, and keeps few trees in memory.
 */
const AT_ONCE = 8;

/** Returns every finding about a project, in the order of its files. It runs no workflow. */
export async function checkProject(
  project: Project,
  load: (file: string) => Promise<LoadedWorkflow>,
  given: GivenEnv | null,
): Promise<Finding[]> {
  const files = findWorkflowFiles(project);
  const pages = findPageFiles(project);
  const checked = await inParallel(files, AT_ONCE, async (file) =>
    checkWorkflow(await load(file), project, given),
  );
  const ofPages = await inParallel(pages, AT_ONCE, (file) => checkPage(file, project));
  const findings = [
    ...checkProjectFile(project),
    ...ofPages.flat(),
    ...checked.flatMap((workflow) => workflow.findings),
    ...checkUnique(
      checked.flatMap(({ unique }) => unique ?? []),
      project.folder,
    ),
    ...(given ? checkVariableSizes(given.env, given.file) : []),
  ];
  const configFile = project.singleFile === null ? [project.configFile] : [];
  return inOrder(findings, [...configFile, ...files, ...pages]);
}

/** Returns the findings about one workflow of a project and the files that it imports. */
export async function checkOne(
  loaded: LoadedWorkflow,
  project: Project,
  given: GivenEnv | null,
): Promise<Finding[]> {
  const { findings } = await checkWorkflow(loaded, project, given);
  const sizes = given ? checkVariableSizes(given.env, given.file) : [];
  return inOrder([...findings, ...sizes], [loaded.file]);
}

interface Checked {
  findings: Finding[];
  /** The settings that must differ between workflows; null if they cannot be read. */
  unique: Unique | null;
}

async function checkWorkflow(
  loaded: LoadedWorkflow,
  project: Project,
  given: GivenEnv | null,
): Promise<Checked> {
  const { bundle, problems } = await bundleRest(loaded, project.folder);
  const ofBundle = problems.map((problem) => bundleFinding(problem));
  if (!bundle) return { findings: ofBundle, unique: null };
  const refused = loaded.failed ? findRefusedSyntax(bundle) : [];
  // A finding of the rule "syntax" means that the bundle could not be parsed.
  const hasTree = refused.every(({ rule }) => rule !== "syntax");
  const source = hasTree ? workflowSource(loaded, bundle) : null;
  const findings = [
    ...ofBundle,
    ...bundle.undefinedImports.map(undefinedFinding),
    ...refusedFindings(refused, bundle, loaded.file),
    ...checkIntrospection(loaded, source),
    ...(source ? checkSource(source, given) : []),
  ];
  forgetTree(bundle);
  return { findings, unique: source && uniqueOf(source) };
}

function checkSource(source: WorkflowSource, given: GivenEnv | null): Finding[] {
  const rules = [
    checkGlobals,
    checkMembers,
    checkReceivers,
    checkClaims,
    checkHabits,
    checkCrashes,
    checkResponses,
    checkTexts,
    checkUrls,
  ];
  // If the workflow could not be loaded, its settings are unknown, so the rules about them are
  // skipped.
  if (source.loaded.failed === null) rules.push(checkSettings, checkBindings, checkDefaultExport);
  const findings = rules.flatMap((rule) => rule(source));
  return given ? [...findings, ...checkVariables(source, given.env)] : findings;
}

function inOrder(findings: readonly Finding[], files: readonly string[]): Finding[] {
  const ranks = new Map(files.map((file, rank) => [file, rank]));
  const rank = ({ file }: Finding): number => ranks.get(file ?? "") ?? files.length;
  return unique(findings).sort(
    (a, b) =>
      rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

/** Removes duplicates: two workflows that share a file have the same findings in it. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((found) => [JSON.stringify(found), found]));
  return [...seen.values()];
}
