import { ALLOWED_PACKAGES } from "../../bundle/refusePackages.ts";
import { findRefusedSyntax } from "../../bundle/refuseSyntax.ts";
import { sourcePositions } from "../../bundle/sourcePosition.ts";
import type { LoadedWorkflow } from "../../project/loadWorkflow.ts";
import type { RunError } from "../../types.ts";
import { BROUGHT_BY } from "../bindingNames.ts";
import { type Finding, finding, type Place, type RuleName } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";
import { objectExport } from "./defaultExport.ts";

/** What keeps a workflow from being bundled, read or introspected; `source` when it can be read. */
export function checkLoading(loaded: LoadedWorkflow, source: WorkflowSource | null): Finding[] {
  const { failed, bundle, file } = loaded;
  if (!failed) return [];
  if (!bundle) return [bundleFinding(failed.error)];
  const refused = findRefusedSyntax(bundle);
  if (refused.length > 0) {
    const toSource = sourcePositions(bundle);
    return refused.map(({ rule, message, instead, line, column }) => {
      const place: Place = toSource(line, column) ?? { file, line: null, column: null };
      return finding(rule as RuleName, place, message, instead);
    });
  }
  const object = failed.error.code === "NO_DEFAULT_EXPORT" && source ? objectExport(source) : null;
  return [object ?? introspectionFinding(failed.error)];
}

function bundleFinding(error: RunError): Finding {
  switch (error.code) {
    case "PACKAGE_NOT_ALLOWED":
      return packageFinding(
        error,
        `The package "${error.subject}" is not on Kinde's list for workflows (${ALLOWED_PACKAGES.join(", ")}).`,
      );
    case "PACKAGE_NOT_FOUND":
      return packageFinding(error, `Could not resolve "${error.subject}".`);
    case "BUNDLE_TOO_LARGE":
      return finding("bundle-size", error, error.message, "a smaller workflow");
    default:
      return finding(
        "bundle",
        error,
        error.message,
        "an import of a file that exists, in syntax that esbuild reads",
      );
  }
}

function packageFinding(error: RunError, message: string): Finding {
  return finding(
    "package-not-allowed",
    error,
    message,
    "your own code in a file beside the workflow; the list is: @kinde/infrastructure",
  );
}

/** What exists inside the default function alone. */
const BINDING_GLOBALS = ["kinde", ...Object.keys(BROUGHT_BY)];

function introspectionFinding(error: RunError): Finding {
  if (error.code === "NOT_DEFINED" && BINDING_GLOBALS.includes(error.subject ?? "")) {
    return finding(
      "top-level-binding",
      error,
      `${error.subject} is used at the top level of the file.`,
      "the same inside the default function, where the bindings exist",
    );
  }
  if (error.code === "NO_DEFAULT_EXPORT") {
    return finding(
      "default-export",
      error,
      error.message,
      "export default async function workflow(event) { … }",
    );
  }
  if (error.code === "SETTINGS_SHAPE") {
    return finding(
      "settings-shape",
      error,
      error.message,
      'export const workflowSettings = { id: "…", trigger: "user:tokens_generation", bindings: { … } }',
    );
  }
  const name = error.name === "" ? "" : `${error.name}: `;
  return finding(
    "top-level-error",
    error,
    `${name}${error.message}`,
    "code inside the default function; only plain settings at the top level",
  );
}
