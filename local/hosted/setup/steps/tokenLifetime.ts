import { kindeOf, settingOf } from "../../world.ts";
import { defineStep, KINDE } from "../step.ts";

export const tokenLifetimeStep = defineStep({
  id: "kinde.tokenLifetime",
  title: "Lifetime of access tokens",
  needs: [...KINDE, "KINDE_CLIENT_ID", "ACCESS_TOKEN_LIFETIME"],
  read: async (world) => settingOf(world, "ACCESS_TOKEN_LIFETIME"),
  decide: (seconds) => ({
    action: "repeat",
    detail: `${seconds} s; Kinde's API does not show it, so it is set each time`,
  }),
  apply: (seconds, world) =>
    kindeOf(world).changeTokens(settingOf(world, "KINDE_CLIENT_ID"), {
      access_token_lifetime: seconds,
    }),
});
