import { SUPABASE } from "../../../setup/step.ts";
import { readProject } from "../../../setup/steps/project.ts";
import { supabaseOf } from "../../../world.ts";
import { type Check, failed, ok } from "../../check.ts";
import { remember } from "../../remember.ts";

export const accessCheck: Check = {
  code: "SUPABASE_ACCESS",
  title: "Access token",
  why: "Without it, the doctor cannot look into the project, and npm run setup cannot set it up.",
  needs: SUPABASE,
  uses: ["supabase"],
  isGate: true,
  // A refusal is an error, which counts as a failed check.
  examine: async (world) => ok(`it opens the project ${(await remember(world, readProject)).name}`),
};

export const projectCheck: Check = {
  code: "SUPABASE_PAUSED",
  title: "Supabase project",
  why: "A project that does not run answers no lookup, so every user's claims are false.",
  needs: SUPABASE,
  // A paused project has no address either.
  uses: ["supabase", "dataApi", "functions"],
  isGate: true,
  async examine(world) {
    const { name, status } = await remember(world, readProject);
    if (status.startsWith("ACTIVE")) return ok(`${name} is active`);
    const { ref } = supabaseOf(world);
    const dashboard = `https://supabase.com/dashboard/project/${ref}`;
    return failed(`${name} is ${status}`, `Restore the project: ${dashboard}`);
  },
};
