import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { blankComments } from "../../blankComments.ts";
import { isBelow } from "../../isBelow.ts";
import { findPageFiles } from "../../project/findPageFiles.ts";
import type { KindeProject, Project } from "../../project/findProject.ts";
import { isWorkflowFile, listFiles, workflowsFolder } from "../../project/findWorkflowFiles.ts";
import { readRegularFile } from "../../readRegularFile.ts";
import { type Finding, finding, wholeFile } from "../Finding.ts";

/** Checks kinde.json, the names and folders of files, and the version of Kinde's package. */
export function checkProjectFile(project: Project): Finding[] {
  if (project.singleFile !== null) return checkName(project.singleFile);
  const findings: Finding[] = [];
  const place = wholeFile(project.configFile);
  if (project.configProblem !== null) {
    findings.push(
      finding(
        "project-file",
        place,
        `kinde.json cannot be read: ${project.configProblem}.`,
        "Use plain JSON, without comments or trailing commas.",
      ),
    );
  } else if (project.version === null) {
    findings.push(
      finding(
        "project-version",
        place,
        "kinde.json has no version.",
        'Add "version": "2024-12-09".',
      ),
    );
  }
  return [...findings, ...checkNames(project), ...checkPin(project)];
}

/** A single file may be in any folder, but Kinde runs it only if it has the right name. */
function checkName(file: string): Finding[] {
  return looksLikeWorkflow(file) && !isWorkflowFile(file) ? [misnamedFinding(file)] : [];
}

function checkNames(project: KindeProject): Finding[] {
  const folder = workflowsFolder(project);
  const files = listFiles(folder);
  const findings = [
    ...files
      .filter((file) => !isWorkflowFile(file) && looksLikeWorkflow(file))
      .map((file) => misnamedFinding(file)),
    ...listFiles(project.rootDir, isIgnoredFolder)
      .filter((file) => !isBelow(file, folder) && looksLikeWorkflow(file))
      .map((file) => misplacedFinding(file, project)),
  ];
  // A project may have pages and no workflows.
  if (files.some(isWorkflowFile) || findPageFiles(project).length > 0) return findings;
  const where = relative(project.folder, folder);
  const found = existsSync(project.rootDir)
    ? `There is no workflow under ${where}, and no page.`
    : `The folder ${relative(project.folder, project.rootDir)}, which rootDir names, does not exist.`;
  const place = wholeFile(project.configFile);
  return [
    finding("no-workflows", place, found, `Create ${where}/tokens/tokensWorkflow.ts.`),
    ...findings,
  ];
}

/**
 * Whether a folder has no sources of the author: installed packages, output, and names that begin
 * with a dot.
 */
function isIgnoredFolder(name: string): boolean {
  return name.startsWith(".") || name === "node_modules" || name === "dist";
}

function misplacedFinding(file: string, project: KindeProject): Finding {
  const where = relative(project.folder, workflowsFolder(project));
  return finding(
    "workflow-place",
    wholeFile(file),
    `${basename(file)} exports workflowSettings, but it is not in ${where}.`,
    `Move it to a folder such as ${where}/tokens.`,
  );
}

function misnamedFinding(file: string): Finding {
  const name = basename(file).replace(/\.[^.]+$/, "");
  const ending = /\.[cm]?jsx?$/.test(file) ? "js" : "ts";
  return finding(
    "workflow-name",
    wholeFile(file),
    `${basename(file)} exports workflowSettings, but its name does not end in Workflow.ts or Workflow.js.`,
    `Rename it to ${name.replace(/workflow$/i, "")}Workflow.${ending}.`,
  );
}

/**
 * Whether a file may be a workflow. Tests and declaration files are not, although they may contain
 * the name of the settings.
 */
function looksLikeWorkflow(file: string): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(file) || /\.(?:test|spec|d)\.[cm]?[jt]sx?$/.test(file)) return false;
  try {
    // Ignores comments: a workflow that is commented out is not a workflow.
    return EXPORT.test(blankComments(readRegularFile(file)));
  } catch {
    return false;
  }
}

const EXPORT = /\bexport\s+(?:const|let|var)\s+workflowSettings\b/;

const PACKAGE = "@kinde/infrastructure";

function checkPin(project: KindeProject): Finding[] {
  if (!project.npmEnabled) return [];
  const file = join(project.folder, "package.json");
  const text = existsSync(file) ? readRegularFile(file) : null;
  const range = text === null ? undefined : rangeIn(text);
  if (range !== undefined && /^\d+\.\d+\.\d+$/.test(range)) return [];
  const line = text?.split("\n").findIndex((row) => row.includes(`"${PACKAGE}"`)) ?? -1;
  const place =
    text === null
      ? wholeFile(project.configFile)
      : { file, line: Math.max(0, line) + 1, column: 1 };
  const found = range === undefined ? `does not name ${PACKAGE}` : `asks for ${PACKAGE} ${range}`;
  return [
    finding(
      "unpinned-package",
      place,
      `npm integration is on, and package.json ${found}.`,
      `Put one exact version into dependencies: "${PACKAGE}": "0.9.0".`,
    ),
  ];
}

function rangeIn(text: string): string | undefined {
  try {
    const { dependencies } = JSON.parse(text) as { dependencies?: Record<string, string> };
    return dependencies?.[PACKAGE];
  } catch {
    return undefined;
  }
}
