import type { Place } from "./Finding.ts";
import type { WorkflowSource } from "./WorkflowSource.ts";

/** For each binding, the functions of `@kinde/infrastructure` that need it. */
const HELPERS: Record<string, readonly string[]> = {
  "kinde.accessToken": ["accessTokenCustomClaims"],
  "kinde.idToken": ["idTokenCustomClaims"],
  "kinde.m2mToken": ["m2mTokenClaims"],
  "kinde.env": ["getEnvironmentVariable", "createKindeAPI"],
  "kinde.fetch": ["fetch", "getM2MToken", "createKindeAPI"],
  "kinde.secureFetch": ["secureFetch"],
  "kinde.auth": ["denyAccess"],
  "kinde.mfa": ["setEnforcementPolicy"],
  "kinde.plan": ["denyPlanSelection", "denyPlanCancellation"],
  "kinde.widget": ["invalidateFormField"],
  "kinde.localization": ["getLocalization"],
  url: ["createKindeAPI", "getM2MToken"],
};

/**
 * The position at which the author imports the function that uses a binding. Without such an
 * import, the position of the bindings in the settings.
 */
export function importOf(
  binding: string,
  source: WorkflowSource,
): { place: Place; helper: string } {
  for (const helper of HELPERS[binding] ?? []) {
    for (const file of source.sources) {
      const found = file.imports.find(
        ({ imported, local }) => imported === helper && file.uses(local),
      );
      if (found) return { place: { file: file.path, ...file.placeOf(found.offset) }, helper };
    }
  }
  return { place: source.settingAt("bindings"), helper: "a function" };
}
