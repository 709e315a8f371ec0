import { kindeOf, settingOf, supabaseOf, type World } from "../../world.ts";
import { StepError } from "../StepError.ts";
import { defineStep, KINDE, SUPABASE } from "../step.ts";
import { findVariable, NOT_ALL_VARIABLES, readVariables } from "./variables.ts";
import { readWorkflowKey } from "./workflowKey.ts";

const KEY = "SUPABASE_SECRET_KEY";

/**
 * Reads the variable that holds the secret key, and the key. Kinde does not show a sensitive value,
 * so the key's description in Supabase names the Kinde that has it. The description is written
 * after the variable: if an interruption comes between the two, the next run writes the same key
 * again.
 */
export async function readSecretVariable(world: World) {
  const { key } = await readWorkflowKey(world);
  return {
    ...findVariable(await readVariables(world), KEY),
    key,
    isStored: key?.description?.includes(markOf(world)) ?? false,
  };
}

function markOf(world: World): string {
  return `stored in ${settingOf(world, "KINDE_DOMAIN")}`;
}

export const secretVariableStep = defineStep({
  id: `kinde.variable.${KEY}`,
  title: `Variable ${KEY}`,
  needs: [...SUPABASE, ...KINDE],
  calls: ["supabase", "kinde"],
  read: readSecretVariable,
  decide({ variable, isComplete, isStored }) {
    if (variable === undefined && !isComplete)
      return { action: "manual", detail: NOT_ALL_VARIABLES };
    const detail = "the secret key of the role kinde_workflow, sensitive";
    if (variable === undefined) return { action: "create", detail };
    if (!variable.is_secret)
      return { action: "change", detail: `${detail}; it is not sensitive now` };
    return { action: isStored ? "exists" : "change", detail };
  },
  async apply({ variable, key }, world) {
    if (!key?.id) {
      throw new StepError(
        "Supabase has no secret key of the role kinde_workflow, so there is nothing to store. The step of this key, above, says why. Fix that, then run the command again.",
      );
    }
    const value = (await supabaseOf(world).revealApiKey(key.id)).api_key;
    if (!value?.startsWith("sb_secret_"))
      throw new StepError(
        "Supabase did not reveal the secret key. Copy it from Project settings > API keys into this variable.",
      );
    if (variable) await kindeOf(world).changeVariable(variable.id, { value, is_secret: true });
    else await kindeOf(world).createVariable({ key: KEY, value, is_secret: true });
    const description = `For the Kinde workflow; ${markOf(world)}`;
    await supabaseOf(world).changeApiKey(key.id, { description });
  },
});
