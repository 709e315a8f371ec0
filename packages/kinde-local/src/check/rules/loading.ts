import type { BundleProblem } from "../../bundle/buildError.ts";
import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import type { MissingImport } from "../../bundle/missingImport.ts";
import { type Target, WORKFLOWS } from "../../bundle/refusePackages.ts";
import type { Refusal } from "../../bundle/refuseSyntax.ts";
import { sourcePositions } from "../../bundle/sourcePosition.ts";
import type { LoadedWorkflow } from "../../project/loadWorkflow.ts";
import type { RunError } from "../../types.ts";
import { BROUGHT_BY } from "../bindingNames.ts";
import { type Finding, finding, type Place, type RuleName } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";
import { objectExport } from "./defaultExport.ts";

/**
 * Reports why Kinde cannot read the settings of a workflow. `source` is null if its bundle cannot
 * be parsed.
 */
export function checkIntrospection(
  { failed, bundle }: LoadedWorkflow,
  source: WorkflowSource | null,
): Finding[] {
  // Other findings already report refused syntax.
  if (!failed || !bundle || failed.error.code === "SYNTAX_REFUSED") return [];
  const object = failed.error.code === "NO_DEFAULT_EXPORT" && source ? objectExport(source) : null;
  return [object ?? introspectionFinding(failed.error)];
}

/** Reports the syntax that the engine cannot read, at its positions in the source files. */
export function refusedFindings(
  refused: readonly Refusal[],
  bundle: Bundle,
  file: string,
): Finding[] {
  if (refused.length === 0) return [];
  const toSource = sourcePositions(bundle);
  return refused.map(({ rule, message, instead, line, column }) => {
    const place: Place = toSource(line, column) ?? { file, line: null, column: null };
    return finding(rule as RuleName, place, message, instead);
  });
}

function missingFinding(place: Place, missing: MissingImport | null): Finding | null {
  if (!missing || missing.what === "package") return null;
  const { name, meant } = missing;
  if (missing.what === "file")
    return finding(
      "unknown-import",
      place,
      `The file ${name} does not exist.${didYouMean(meant)}`,
      meant === null ? "Use the path of a file that exists." : `Import from "${meant}".`,
    );
  return finding(
    "unknown-import",
    place,
    `${missing.from} does not export ${name}.${didYouMean(meant)}`,
    meant === null ? "Import a name that it exports." : `Write \`import { ${meant} }\`.`,
  );
}

function didYouMean(meant: string | null | undefined): string {
  return meant ? ` Did you mean "${meant}"?` : "";
}

export function undefinedFinding({
  missing: { name, from, meant },
  ...place
}: Bundle["undefinedImports"][number]): Finding {
  return finding(
    "unknown-import",
    place,
    `${from} does not export ${name}, so it is undefined.${didYouMean(meant)}`,
    meant === null ? "Use a name that it exports." : `Use ${meant}.`,
  );
}

/** Reports why a workflow could not be bundled. */
export function bundleFinding(
  { error, missing }: BundleProblem,
  target: Target = WORKFLOWS,
): Finding {
  const absent = missingFinding(error, missing);
  if (absent) return absent;
  switch (error.code) {
    case "PACKAGE_NOT_ALLOWED":
      return packageFinding(
        error,
        `The package "${error.subject}" is not on Kinde's list for ${target.name} (${target.list}).`,
        target,
      );
    case "PACKAGE_NOT_FOUND":
      return packageFinding(
        error,
        `Could not resolve "${error.subject}".${didYouMean(missing?.meant)}`,
        target,
        missing?.meant,
      );
    case "BUNDLE_TOO_LARGE":
      return finding("bundle-size", error, error.message, "Make the workflow smaller.");
    default:
      return finding("bundle", error, error.message, bundleFix(missing));
  }
}

function bundleFix(missing: MissingImport | null): string {
  return missing?.name.startsWith("node:")
    ? "Remove the import. Write the code yourself, or call a service."
    : "Check the path and the syntax.";
}

function packageFinding(
  error: RunError,
  message: string,
  { list }: Target,
  meant: string | null = null,
): Finding {
  return finding(
    "package-not-allowed",
    error,
    message,
    meant !== null
      ? `Import from "${meant}".`
      : `Copy the code that you need into a file of the project. Kinde installs only ${list}.`,
  );
}

/** Globals that do not exist while Kinde reads the settings. */
const BINDING_GLOBALS = ["kinde", ...Object.keys(BROUGHT_BY)];

function introspectionFinding(error: RunError): Finding {
  if (error.code === "NOT_DEFINED" && BINDING_GLOBALS.includes(error.subject ?? "")) {
    return finding(
      "top-level-binding",
      error,
      `${error.subject} is used at the top level of the file.`,
      "Move it into the default function, where the bindings exist.",
    );
  }
  if (error.code === "NO_DEFAULT_EXPORT") {
    return finding(
      "default-export",
      error,
      error.message,
      "Write `export default async function workflow(event) { … }`.",
    );
  }
  if (error.code === "SETTINGS_SHAPE") {
    return finding(
      "settings-shape",
      error,
      error.message,
      'Write `export const workflowSettings = { id: "…", trigger: "user:tokens_generation", bindings: { … } }`.',
    );
  }
  const name = error.name === "" ? "" : `${error.name}: `;
  return finding(
    "top-level-error",
    error,
    `${name}${error.message}`,
    "Move the code into the default function, and leave only settings at the top level.",
  );
}
