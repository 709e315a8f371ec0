import { settingOf, supabaseOf, type World } from "../../world.ts";
import { defineStep, SUPABASE } from "../step.ts";

/**
 * The integration that accepts Kinde's tokens. Its issuer must be that of the token, without a
 * slash.
 */
export async function readThirdPartyAuth(world: World) {
  const issuer = settingOf(world, "KINDE_DOMAIN");
  const all = await supabaseOf(world).thirdPartyAuth();
  return { issuer, integration: all.find(({ oidc_issuer_url }) => oidc_issuer_url === issuer) };
}

export const thirdPartyAuthStep = defineStep({
  id: "supabase.thirdPartyAuth",
  title: "Third-party auth",
  needs: [...SUPABASE, "KINDE_DOMAIN", "SUPABASE_ROLE_CLAIM"],
  read: readThirdPartyAuth,
  decide: ({ issuer, integration }) =>
    integration
      ? { action: "exists", detail: `accepts tokens of ${issuer}` }
      : { action: "create", detail: `accept tokens of ${issuer}` },
  apply: ({ issuer }, world) => supabaseOf(world).addThirdPartyAuth({ oidc_issuer_url: issuer }),
});
