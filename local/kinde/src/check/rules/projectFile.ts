import { readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Project } from "../../project/findProject.ts";
import { isWorkflowFile, listFiles, workflowsFolder } from "../../project/findWorkflowFiles.ts";
import { type Finding, finding, wholeFile } from "../Finding.ts";

/** kinde.json itself, the names of files, and the packages that Kinde builds with. */
export function checkProjectFile(project: Project): Finding[] {
  const findings: Finding[] = [];
  const place = wholeFile(project.configFile);
  if (project.configProblem !== null) {
    findings.push(
      finding(
        "project-file",
        place,
        `kinde.json cannot be read: ${project.configProblem}.`,
        "plain JSON, without comments and trailing commas",
      ),
    );
  } else if (project.version === null) {
    findings.push(
      finding("project-version", place, "kinde.json has no version.", '"version": "2024-12-09"'),
    );
  }
  return [...findings, ...checkNames(project), ...checkPin(project)];
}

function checkNames(project: Project): Finding[] {
  const folder = workflowsFolder(project);
  const files = listFiles(folder);
  const misnamed = files
    .filter((file) => !isWorkflowFile(file) && looksLikeWorkflow(file))
    .map(misnamedFinding);
  if (files.some(isWorkflowFile)) return misnamed;
  const where = relative(project.folder, folder);
  return [
    finding(
      "no-workflows",
      wholeFile(project.configFile),
      `There is no workflow under ${where}.`,
      `a file ${where}/tokens/tokensWorkflow.ts`,
    ),
    ...misnamed,
  ];
}

function misnamedFinding(file: string): Finding {
  const name = basename(file).replace(/\.[^.]+$/, "");
  return finding(
    "workflow-name",
    wholeFile(file),
    `${basename(file)} exports workflowSettings, but its name does not end in Workflow.ts or Workflow.js.`,
    `the name ${name.replace(/workflow$/i, "")}Workflow.ts`,
  );
}

/** Tests and declarations may well mention the settings. */
function looksLikeWorkflow(file: string): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(file) || /\.(?:test|spec|d)\.[cm]?[jt]sx?$/.test(file)) return false;
  try {
    return /\bexport\s+(?:const|let|var)\s+workflowSettings\b/.test(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}

const PACKAGE = "@kinde/infrastructure";

function checkPin(project: Project): Finding[] {
  if (!project.npmEnabled) return [];
  const file = join(project.folder, "package.json");
  const text = statSync(file, { throwIfNoEntry: false })?.isFile()
    ? readFileSync(file, "utf8")
    : null;
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
      `one exact version in dependencies: "${PACKAGE}": "0.9.0"`,
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
