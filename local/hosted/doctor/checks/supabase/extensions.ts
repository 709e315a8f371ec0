import { SUPABASE } from "../../../setup/step.ts";
import { readExtensions } from "../../../setup/steps/extensions.ts";
import { type Check, failed, failedUntilSetup, ok } from "../../check.ts";
import { remember } from "../../remember.ts";

export const extensionsCheck: Check = {
  code: "SUPABASE_EXTENSIONS",
  title: "Extensions",
  why: "Without them, no one wakes the relay, so tokens keep old claims for up to a day.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const extensions = await remember(world, readExtensions);
    const missing = extensions.filter(({ is_there }) => !is_there);
    const names = missing.map(({ name }) => name).join(", ");
    if (missing.length === 0) return ok(extensions.map(({ name }) => name).join(", "));
    if (missing.every(({ is_available }) => is_available))
      return failedUntilSetup(`missing: ${names}`);
    return failed(
      `this project does not offer ${names}`,
      "Ask Supabase for the extension, or run the Node worker: npx kinde-claims relay (docs/freshness.md).",
    );
  },
};
