import { kindeOf, settingOf, type World } from "../../world.ts";
import { defineStep, KINDE, type Step } from "../step.ts";

/** The variables of the workflow, and whether Kinde showed all of them. */
export const readVariables = (world: World) => kindeOf(world).variables();

/** One of the variables, and whether Kinde showed all of them. */
export function findVariable(
  { variables, isComplete }: Awaited<ReturnType<typeof readVariables>>,
  key: string,
) {
  return { variable: variables.find((found) => found.key === key), isComplete };
}

export const NOT_ALL_VARIABLES =
  "Kinde shows only some of the variables: look for this one in Kinde > Settings > Data management > Env variables, and add it there if it is missing";

const plainVariable = (key: "SUPABASE_URL" | "SUPABASE_ROLE_CLAIM"): Step =>
  defineStep({
    id: `kinde.variable.${key}`,
    title: `Variable ${key}`,
    needs: [...KINDE, key],
    read: async (world) => findVariable(await readVariables(world), key),
    decide({ variable, isComplete }, world) {
      const wanted = settingOf(world, key);
      if (variable?.value === wanted) return { action: "exists", detail: wanted };
      if (variable) return { action: "change", detail: `to ${wanted}` };
      if (!isComplete) return { action: "manual", detail: `${wanted}. ${NOT_ALL_VARIABLES}` };
      return { action: "create", detail: wanted };
    },
    async apply({ variable }, world) {
      const value = settingOf(world, key);
      if (variable) await kindeOf(world).changeVariable(variable.id, { value, is_secret: false });
      else await kindeOf(world).createVariable({ key, value, is_secret: false });
    },
  });

export const urlVariableStep = plainVariable("SUPABASE_URL");
export const roleVariableStep = plainVariable("SUPABASE_ROLE_CLAIM");
