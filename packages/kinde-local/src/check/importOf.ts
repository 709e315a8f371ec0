import type { Place } from "./Finding.ts";
import type { WorkflowSource } from "./WorkflowSource.ts";

/** The functions of `@kinde/infrastructure`, by the binding they need. */
const HELPERS: Record<string, readonly string[]> = {
  "kinde.accessToken": ["accessTokenCustomClaims"],
  "kinde.idToken": ["idTokenCustomClaims"],
  "kinde.m2mToken": ["m2mTokenClaims"],
  "kinde.env": ["getEnvironmentVariable", "createKindeAPI"],
  "kinde.fetch": ["fetch", "createKindeAPI", "getM2MToken"],
  "kinde.secureFetch": ["secureFetch"],
  "kinde.auth": ["denyAccess"],
  "kinde.mfa": ["setEnforcementPolicy"],
  "kinde.plan": ["denyPlanSelection", "denyPlanCancellation"],
  "kinde.widget": ["invalidateFormField"],
  "kinde.localization": ["getLocalization"],
  url: ["createKindeAPI", "getM2MToken"],
};

const IMPORT = /import\s*\{([^}]*)\}\s*from\s*["']@kinde\/infrastructure["']/g;

/** Where the author imported the function that uses a binding; else the bindings' own place. */
export function importOf(
  binding: string,
  source: WorkflowSource,
): { place: Place; helper: string } {
  for (const [file, text] of source.sources()) {
    for (const statement of text.matchAll(IMPORT)) {
      for (const helper of HELPERS[binding] ?? []) {
        const at = new RegExp(`\\b${helper}\\b`).exec(statement[1] ?? "");
        if (!at) continue;
        const offset = statement.index + statement[0].indexOf("{") + 1 + at.index;
        return { place: { file, ...lineAndColumn(text, offset) }, helper };
      }
    }
  }
  return { place: source.settingAt("bindings"), helper: "a function" };
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
