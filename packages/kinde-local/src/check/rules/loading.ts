import { findRefusedSyntax } from "../../bundle/refuseSyntax.ts";
import { sourcePositions } from "../../bundle/sourcePosition.ts";
import type { LoadedWorkflow } from "../../project/loadWorkflow.ts";
import { type Finding, finding, type Place, type RuleName } from "../Finding.ts";

/** What keeps a workflow from being bundled, read or introspected. */
export function checkLoading(loaded: LoadedWorkflow): Finding[] {
  const { failed, bundle, file } = loaded;
  if (!failed) return [];
  if (!bundle) return [bundleFinding(failed.error)];
  const refused = findRefusedSyntax(bundle.code);
  if (refused.length > 0) {
    const toSource = sourcePositions(bundle);
    return refused.map(({ rule, message, line, column }) => {
      const place: Place = toSource(line, column) ?? { file, line: null, column: null };
      const [what = message, instead = ""] = message.split(/(?<=\.) Write /);
      return finding(rule as RuleName, place, what, instead.replace(/ instead\.$/, ""));
    });
  }
  return [introspectionFinding(failed.error)];
}

type Failure = NonNullable<LoadedWorkflow["failed"]>["error"];

function bundleFinding(error: Failure): Finding {
  if (error.name === "PackageNotAllowed" || /Kinde installs one package/.test(error.message)) {
    const what = error.message.split(":")[0] ?? error.message;
    return finding(
      "package-not-allowed",
      error,
      `${what}.`,
      "your own code in a file beside the workflow; the list is: @kinde/infrastructure",
    );
  }
  if (error.name === "BundleTooLarge") {
    return finding("bundle-size", error, error.message, "a smaller workflow");
  }
  return finding(
    "bundle",
    error,
    error.message,
    "an import of a file that exists, in syntax that esbuild reads",
  );
}

function introspectionFinding(error: Failure): Finding {
  const missing = /^(\w+) is not defined$/.exec(error.message)?.[1];
  if (missing && /^(?:kinde|console|URL|URLSearchParams|util)$/.test(missing)) {
    return finding(
      "top-level-binding",
      error,
      `${missing} is used at the top level of the file.`,
      "the same inside the default function, where the bindings exist",
    );
  }
  if (/^no default/.test(error.message)) {
    return finding(
      "default-export",
      error,
      `${error.message.split(".")[0]}.`,
      "export default async function workflow(event) { … }",
    );
  }
  if (/^interface conversion/.test(error.message)) {
    return finding(
      "settings-shape",
      error,
      `${error.message.split(". ")[0]}.`,
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
