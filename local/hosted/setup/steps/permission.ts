import { kindeOf, type World } from "../../world.ts";
import { defineStep, KINDE } from "../step.ts";

/** Opens the demo app's back office. */
const KEY = "grant:subscriptions";

export async function readPermission(world: World) {
  return { permission: (await kindeOf(world).permissions()).find(({ key }) => key === KEY) };
}

export const permissionStep = defineStep({
  id: "kinde.permission",
  title: "Permission",
  needs: KINDE,
  read: readPermission,
  decide: ({ permission }) => ({ action: permission ? "exists" : "create", detail: KEY }),
  apply: (_, world) =>
    kindeOf(world).createPermission({
      key: KEY,
      name: "Grant subscriptions",
      description: "Open the back office and grant lifetime subscriptions",
    }),
});
