import { KINDE } from "../../../setup/step.ts";
import { readPermission } from "../../../setup/steps/permission.ts";
import { type Check, failedUntilSetup, ok } from "../../check.ts";
import { remember } from "../../remember.ts";

export const permissionCheck: Check = {
  code: "KINDE_PERMISSION",
  title: "Permission grant:subscriptions",
  why: "Without it, no user can open the back office.",
  needs: KINDE,
  uses: ["kindeApi"],
  async examine(world) {
    const { permission } = await remember(world, readPermission);
    return permission ? ok("it exists") : failedUntilSetup("it does not exist");
  },
};
