import { settingOf, type World } from "../../../world.ts";
import type { Check } from "../../check.ts";
import { judgeReach } from "../../probe/judgeReach.ts";
import { reach } from "../../probe/reach.ts";
import { remember } from "../../remember.ts";

export const probeSupabase = (world: World) => reach(settingOf(world, "SUPABASE_URL"));

export const reachableCheck: Check = {
  code: "SUPABASE_UNREACHABLE",
  title: "DNS and TLS of Supabase",
  why: "The workflow cannot read any profile, so every user's claims are false.",
  needs: ["SUPABASE_URL"],
  uses: ["dataApi", "functions"],
  isGate: true,
  async examine(world) {
    const { host } = new URL(settingOf(world, "SUPABASE_URL"));
    return judgeReach(host, await remember(world, probeSupabase), {
      wrongName:
        "Correct SUPABASE_URL, or fix the DNS entry and the certificate of the custom domain.",
      away: "Check the network of this machine and https://status.supabase.com, then try again.",
    });
  },
};
