import type { Finding, RuleName } from "../check/Finding.ts";
import { visible } from "../visible.ts";
import { codeFrame, showPlace } from "./codeFrame.ts";
import type { Colours } from "./colours.ts";

/** Renders findings for people: location, rule, what is wrong, what Kinde would do, and the fix. */
export function findingsAsText(
  findings: readonly Finding[],
  colours: Colours,
  accepted: "project" | "workflow",
): string {
  if (findings.length === 0)
    return `${colours.green("No findings.")} Sync code should accept this ${accepted}.\n`;
  const explained = new Set<string>();
  const blocks = findings.map((found) => {
    const { rule, severity, message, kinde, instead } = found;
    const level = severity === "error" ? colours.red("error") : colours.yellow("warning");
    // Printed once, because a long list would repeat it for each finding of a rule.
    const why = explained.has(kinde) ? [] : [`  At Kinde: ${kinde}`];
    explained.add(kinde);
    return [
      `${colours.bold(showPlace(found))} ${level} ${colours.dim(rule)}`,
      `  ${visible(message)}`,
      ...why,
      `  Fix:      ${visible(instead)}`,
      ...codeFrame(found, colours).map((row) => `  ${row}`),
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n\n${summary(findings)}\n`;
}

function summary(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const count = (number: number, word: string): string =>
    `${number} ${word}${number === 1 ? "" : "s"}`;
  return `${count(errors, "error")}, ${count(findings.length - errors, "warning")}`;
}

/** Workflow commands of GitHub Actions: one annotation for each finding. */
export function findingsAsAnnotations(findings: readonly Finding[]): string {
  return findings.map(annotation).join("");
}

function annotation(found: Finding): string {
  const { rule, severity, line, column, message, kinde, instead } = found;
  const place = { file: found.file, line: null, column: null };
  const properties = Object.entries({
    file: showPlace(place),
    line,
    col: column,
    title: title(rule),
  })
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}=${escapeProperty(`${value}`)}`);
  const text = `${message} At Kinde: ${kinde} Fix: ${instead}`;
  return `::${severity} ${properties.join(",")}::${escapeData(visible(text, ""))}\n`;
}

function title(rule: RuleName): string {
  return `kinde-local ${rule}`;
}

/** Escapes as the toolkit of GitHub Actions does. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
