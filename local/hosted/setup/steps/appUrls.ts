import { kindeOf, settingOf, type World } from "../../world.ts";
import { defineStep, KINDE } from "../step.ts";

const NEEDS = [...KINDE, "KINDE_CLIENT_ID", "APP_URL"] as const;

/**
 * The URLs that Kinde allows after a sign-in and after a sign-out, and those that the app needs.
 */
export async function readAppUrls(world: World) {
  const clientId = settingOf(world, "KINDE_CLIENT_ID");
  const app = settingOf(world, "APP_URL");
  const kinde = kindeOf(world);
  return {
    callback: { wanted: `${app}/callback`, allowed: await kinde.callbackUrls(clientId) },
    logout: { wanted: `${app}/`, allowed: await kinde.logoutUrls(clientId) },
  };
}

const decide = ({ wanted, allowed }: { wanted: string; allowed: readonly string[] }) =>
  ({ action: allowed.includes(wanted) ? "exists" : "create", detail: wanted }) as const;

export const callbackUrlStep = defineStep({
  id: "kinde.callbackUrl",
  title: "Allowed callback URL",
  needs: NEEDS,
  read: async (world) => (await readAppUrls(world)).callback,
  decide,
  apply: ({ wanted }, world) =>
    kindeOf(world).addCallbackUrls(settingOf(world, "KINDE_CLIENT_ID"), { urls: [wanted] }),
});

export const logoutUrlStep = defineStep({
  id: "kinde.logoutUrl",
  title: "Allowed logout URL",
  needs: NEEDS,
  read: async (world) => (await readAppUrls(world)).logout,
  decide,
  apply: ({ wanted }, world) =>
    kindeOf(world).addLogoutUrls(settingOf(world, "KINDE_CLIENT_ID"), { urls: [wanted] }),
});
