import { settingOf } from "../../../world.ts";
import type { Check } from "../../check.ts";
import { judgeReach } from "../../probe/judgeReach.ts";
import { remember } from "../../remember.ts";
import { probeKinde } from "./readKinde.ts";

export const reachableCheck: Check = {
  code: "KINDE_UNREACHABLE",
  title: "DNS and TLS of Kinde",
  why: "If Kinde cannot be reached, no user can sign in and no token can be verified.",
  needs: ["KINDE_DOMAIN"],
  uses: ["kinde", "kindeApi"],
  isGate: true,
  async examine(world) {
    const { host } = new URL(settingOf(world, "KINDE_DOMAIN"));
    return judgeReach(host, await remember(world, probeKinde), {
      wrongName:
        "Correct KINDE_DOMAIN: it is in Kinde > Settings > Applications > your application.",
      away: "Check the network of this machine and https://status.kinde.com, then try again.",
    });
  },
};
