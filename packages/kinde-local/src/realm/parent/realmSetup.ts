import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import type { Env, TokenClaims, Unknowns } from "../../types.ts";
import globals from "../globals.json" with { type: "json" };
import type { Setup } from "../protocol/realmInterface.ts";
import { markCrashes } from "./markCrashes.ts";

/**
 * Finds regular expressions that the engine may match differently: named groups, `\p{…}`, `\b`,
 * the flags i and m, and expressions that are built at run time.
 */
const ODD_REGEXP = /\(\?<[^=!]|\\[pPbB]|\/[gimsuy]*[im][gimsuy]*\b|RegExp/;

/** The setup of a realm, as a JSON string. */
export function realmSetup(
  bundle: Bundle,
  bindings: Record<string, unknown>,
  env: Env,
  claims: Partial<TokenClaims>,
  localization: Readonly<Record<string, string>>,
  unknowns: Unknowns,
): string {
  const setup: Setup = {
    bindings: Object.keys(bindings),
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, variable(value)])),
    claims: Object.fromEntries(
      Object.entries(claims).map(([token, set]) => [token, JSON.stringify(set)]),
    ),
    localization,
    missingVariable: unknowns.missingVariable,
    eventObject: unknowns.eventObject,
    crashes: markCrashes(bundle) !== bundle.code,
    // Observed on the public runtime: the name is GoError2 if the bundle contains Kinde's package.
    // The reason is not known.
    goErrorName: bundle.inputs.some(isPackage) ? "GoError2" : "GoError",
    usesDate: mayUse(bundle, "Date"),
    usesMath: mayUse(bundle, "Math"),
    oddRegExp: ODD_REGEXP.test(bundle.code),
    globals: globals.globals as Setup["globals"],
  };
  return JSON.stringify(setup);
}

function isPackage(path: string): boolean {
  return /[\\/]@kinde[\\/]infrastructure[\\/]/.test(path);
}

/**
 * Whether the code may use a global: by its name, through the global object, or in code that it
 * builds at run time.
 */
function mayUse({ code }: Bundle, name: string): boolean {
  return new RegExp(`\\b(?:${name}|globalThis|eval|Function|this)\\b`).test(code);
}

function variable(value: Env[string]): { value: string; isSecret: boolean } {
  return typeof value === "string" ? { value, isSecret: false } : value;
}
