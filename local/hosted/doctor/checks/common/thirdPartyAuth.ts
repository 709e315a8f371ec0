import { z } from "zod";
import { SUPABASE } from "../../../setup/step.ts";
import { readThirdPartyAuth } from "../../../setup/steps/thirdPartyAuth.ts";
import { type Check, failed, failedUntilSetup, ok, unknown } from "../../check.ts";
import { remember } from "../../remember.ts";
import { readKeys } from "../kinde/readKinde.ts";

const NEEDS = [...SUPABASE, "KINDE_DOMAIN", "SUPABASE_ROLE_CLAIM"] as const;
const storedKey = z.looseObject({ kid: z.string().optional(), n: z.string().optional() });
/** The Management API does not document the form of `resolved_jwks`. */
const storedKeys = z.union([
  z.object({ keys: z.array(storedKey) }).transform(({ keys }) => keys),
  z.array(storedKey),
]);

export const thirdPartyAuthCheck: Check = {
  code: "SUPABASE_THIRD_PARTY_AUTH",
  title: "Third-party auth",
  why: "Without it, Supabase refuses Kinde's tokens, so users cannot read or save their profile as themselves.",
  needs: NEEDS,
  uses: ["supabase"],
  async examine(world) {
    const { issuer, integration } = await remember(world, readThirdPartyAuth);
    if (integration) return ok(`Supabase accepts tokens of ${issuer}`);
    return failedUntilSetup(`Supabase does not accept tokens of ${issuer}`);
  },
};

export const thirdPartyKeysCheck: Check = {
  code: "SUPABASE_THIRD_PARTY_KEYS",
  title: "Kinde's keys in Supabase",
  why: "Supabase refuses every token that is signed with a key that it does not have yet.",
  needs: NEEDS,
  uses: ["supabase", "kinde"],
  async examine(world) {
    const { integration } = await remember(world, readThirdPartyAuth);
    const found = await remember(world, readKeys);
    if (integration === undefined) return unknown("there is no third-party auth yet");
    if ("problem" in found) return unknown(found.problem);
    const stored = storedKeys.safeParse(integration.resolved_jwks).data;
    if (stored === undefined) return unknown("Supabase does not show the keys in a known form");
    const missing = found.value.keys.filter(
      ({ kid, n }) => !stored.some((key) => key.kid === kid && key.n === n),
    );
    if (missing.length === 0) return ok("Supabase has all of Kinde's present keys");
    const kids = missing.map(({ kid }) => kid ?? "without a kid").join(", ");
    return failed(
      `Supabase does not have Kinde's key ${kids}; it read the keys at ${integration.resolved_at ?? "an unknown time"}`,
      "Wait: Supabase documents 30 minutes, others measured 37; if it takes longer, remove and add the provider in Authentication > Third-Party Auth.",
    );
  },
};
