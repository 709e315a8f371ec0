import { KINDE, SUPABASE } from "../../../setup/step.ts";
import { readSecretVariable } from "../../../setup/steps/secretVariable.ts";
import { findVariable, NOT_ALL_VARIABLES, readVariables } from "../../../setup/steps/variables.ts";
import { settingOf } from "../../../world.ts";
import { type Check, failed, failedUntilSetup, ok, unknown, warning } from "../../check.ts";
import { remember } from "../../remember.ts";

const WHY = "Without it, the workflow cannot ask Supabase, so every user's claims are false.";
export const urlVariableCheck: Check = {
  code: "KINDE_VARIABLE_SUPABASE_URL",
  title: "Variable SUPABASE_URL",
  why: WHY,
  needs: [...KINDE, "SUPABASE_URL"],
  uses: ["kindeApi"],
  async examine(world) {
    const { variable, isComplete } = findVariable(
      await remember(world, readVariables),
      "SUPABASE_URL",
    );
    const wanted = settingOf(world, "SUPABASE_URL");
    if (variable === undefined && !isComplete) return unknown(NOT_ALL_VARIABLES);
    if (variable === undefined) return failedUntilSetup("it is missing in Kinde");
    if (variable.is_secret) return unknown("it is sensitive, so Kinde does not show it");
    if (variable.value?.replace(/\/+$/, "") === wanted) return ok(wanted);
    return failedUntilSetup(`it is ${variable.value ?? "empty"}, and the project is ${wanted}`);
  },
};

export const keyVariableCheck: Check = {
  code: "KINDE_VARIABLE_SUPABASE_SECRET_KEY",
  title: "Variable SUPABASE_SECRET_KEY",
  why: `${WHY} If it is not sensitive, Kinde shows the key in its dashboard and its logs.`,
  needs: KINDE,
  uses: ["kindeApi"],
  async examine(world) {
    const { variable, isComplete } = findVariable(
      await remember(world, readVariables),
      "SUPABASE_SECRET_KEY",
    );
    if (variable === undefined && !isComplete) return unknown(NOT_ALL_VARIABLES);
    if (variable === undefined) return failedUntilSetup("it is missing in Kinde");
    if (variable.is_secret) return ok("it exists and is sensitive");
    return failedUntilSetup("it is not sensitive");
  },
};

export const storedKeyCheck: Check = {
  code: "KINDE_STORED_KEY",
  title: "The key in Kinde",
  why: "A key of another project, or a deleted one, makes every lookup fail with UNAUTHORIZED.",
  needs: [...SUPABASE, ...KINDE],
  uses: ["supabase", "kindeApi"],
  async examine(world) {
    const { variable, key, isStored } = await remember(world, readSecretVariable);
    if (variable === undefined || key === undefined)
      return unknown("there is no key to compare yet");
    if (isStored) return ok(`setup stored the key ${key.name} there`);
    return unknown(
      "setup did not store it, and Kinde does not show it; a sign-in whose log says UNAUTHORIZED means that it is wrong",
    );
  },
};

export const roleVariableCheck: Check = {
  code: "KINDE_VARIABLE_SUPABASE_ROLE_CLAIM",
  title: "Variable SUPABASE_ROLE_CLAIM",
  why: "If its value is authenticated, Supabase accepts Kinde's token; for any other value, the workflow writes no role and logs NOT_CONFIGURED.",
  needs: KINDE,
  uses: ["kindeApi"],
  async examine(world) {
    const { variable, isComplete } = findVariable(
      await remember(world, readVariables),
      "SUPABASE_ROLE_CLAIM",
    );
    const wanted = world.settings.SUPABASE_ROLE_CLAIM;
    if (variable === undefined && !isComplete) return unknown(NOT_ALL_VARIABLES);
    if (variable === undefined) {
      return wanted ? failedUntilSetup("it is missing in Kinde") : ok("absent, as in the settings");
    }
    if (variable.is_secret) return unknown("it is sensitive, so Kinde does not show it");
    if (variable.value !== "authenticated") {
      const seen = `it is "${variable.value ?? ""}"`;
      if (wanted) return failedUntilSetup(seen);
      return failed(
        seen,
        "Set it to authenticated, or delete it: Kinde > Settings > Data management > Env variables.",
      );
    }
    if (wanted) return ok("authenticated");
    return warning(
      "it is authenticated in Kinde, and SUPABASE_ROLE_CLAIM is not in the settings",
      "Add SUPABASE_ROLE_CLAIM=authenticated to the settings, or delete the variable in Kinde.",
    );
  },
};
