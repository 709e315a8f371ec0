import { SUPABASE } from "../../../setup/step.ts";
import { readMigrations } from "../../../setup/steps/migrations.ts";
import { type Check, failed, failedUntilSetup, ok, warning } from "../../check.ts";
import { remember } from "../../remember.ts";

export const migrationsCheck: Check = {
  code: "SUPABASE_MIGRATIONS",
  title: "Migrations",
  why: "The workflow and the functions expect what these migrations make.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const { pending, foreign, hasOtherProfiles } = await remember(world, readMigrations);
    if (hasOtherProfiles) {
      return failed(
        "another table public.profiles exists, which these migrations did not make",
        "Follow supabase/README.md, Coming from Kinde's tutorial.",
      );
    }
    if (pending.length > 0) {
      const names = pending.map(({ version, name }) => `${version}_${name}`);
      return failedUntilSetup(`${pending.length} not applied: ${names.join(", ")}`);
    }
    if (foreign.length > 0) {
      return warning(
        `the project has ${foreign.join(", ")}, which this repository does not have`,
        "Get the newest state of this repository (git pull); if it does not have them, run npx supabase migration fetch.",
      );
    }
    return ok("all are applied");
  },
};
