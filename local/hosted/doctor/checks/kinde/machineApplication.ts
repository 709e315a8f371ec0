import { SCOPES_PLACE } from "../../../clients/kindeCure.ts";
import { KINDE } from "../../../setup/step.ts";
import { readScopes } from "../../../setup/steps/scopes.ts";
import { kindeOf } from "../../../world.ts";
import { type Check, failed, ok } from "../../check.ts";
import { remember } from "../../remember.ts";

export const credentialsCheck: Check = {
  code: "KINDE_MACHINE_APPLICATION",
  title: "Machine application",
  why: "The edge function refresh-claims uses it; without it, changed claims reach tokens up to a day late.",
  needs: KINDE,
  uses: ["kindeApi"],
  isGate: true,
  async examine(world) {
    // A wrong secret throws, with the vendor's words and the cure.
    const scopes = await kindeOf(world).scopes();
    return ok(`Kinde gave it a token with ${scopes.length} scopes`);
  },
};

export const scopesCheck: Check = {
  code: "KINDE_SCOPES",
  title: "Scopes of the machine application",
  why: "A request without its scope is refused: setup stops, or Kinde is not notified of changed claims.",
  needs: KINDE,
  uses: ["kindeApi"],
  async examine(world) {
    const { missing } = await remember(world, readScopes);
    if (missing.length === 0) return ok("it has all that are needed");
    return failed(`missing: ${missing.join(", ")}`, `Add them: ${SCOPES_PLACE}.`);
  },
};
