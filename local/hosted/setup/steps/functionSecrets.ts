import { sha256 } from "../../sha256.ts";
import { settingOf, supabaseOf, type World } from "../../world.ts";
import { defineStep, KINDE, SUPABASE } from "../step.ts";
import { readSecretDigests } from "./secretDigests.ts";
import { readWakeUp, revealWakeUpSecret } from "./wakeUp.ts";

const WAKE_UP = "REFRESH_CLAIMS_SECRET";

/** The settings of the edge functions that are in our settings, too. */
export function functionSettings(world: Pick<World, "settings">): Record<string, string> {
  const { KINDE_M2M_AUDIENCE } = world.settings;
  return {
    ...Object.fromEntries(KINDE.map((name) => [name, settingOf(world, name)])),
    ...(KINDE_M2M_AUDIENCE && { KINDE_M2M_AUDIENCE }),
  };
}

/** The names of the secrets of the edge functions that are missing, and of those that differ. */
export async function readFunctionSecrets(world: World) {
  const secrets = await readSecretDigests(world);
  const { secret } = await readWakeUp(world);
  const wanted = [
    ...Object.entries(functionSettings(world)).map(([name, value]) => ({
      name,
      digest: sha256(value),
    })),
    { name: WAKE_UP, digest: secret?.digest },
  ];
  const namesOf = (test: (one: (typeof wanted)[number]) => boolean) =>
    wanted.filter(test).map(({ name }) => name);
  return {
    missing: namesOf(({ name }) => !secrets.has(name)),
    different: namesOf(({ name, digest }) => secrets.differs(name, { digest })),
  };
}

export const functionSecretsStep = defineStep({
  id: "supabase.functionSecrets",
  title: "Secrets of the edge functions",
  needs: [...SUPABASE, ...KINDE],
  read: readFunctionSecrets,
  decide({ missing, different }, world) {
    if (missing.length > 0)
      return { action: "create", detail: [...missing, ...different].join(", ") };
    if (different.length > 0) return { action: "change", detail: different.join(", ") };
    return {
      action: "exists",
      detail: [...Object.keys(functionSettings(world)), WAKE_UP].join(", "),
    };
  },
  async apply({ missing, different }, world) {
    const values = new Map(Object.entries(functionSettings(world)));
    const secret = await revealWakeUpSecret(world);
    if (secret !== undefined) values.set(WAKE_UP, secret);
    const secrets = [...missing, ...different].flatMap((name) => {
      const value = values.get(name);
      return value === undefined ? [] : { name, value };
    });
    await supabaseOf(world).setSecrets(secrets);
  },
});
