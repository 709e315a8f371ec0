import { SUPABASE } from "../../../setup/step.ts";
import { readProject } from "../../../setup/steps/project.ts";
import { supabaseOf } from "../../../world.ts";
import { type Check, failed, ok } from "../../check.ts";
import { remember } from "../../remember.ts";

export const projectCheck: Check = {
  code: "SUPABASE_PAUSED",
  title: "Supabase project",
  why: "A project that does not run answers no lookup, so every user's claims are false.",
  needs: SUPABASE,
  uses: ["supabase"],
  isGate: true,
  async examine(world) {
    const { name, status } = await remember(world, readProject);
    if (status.startsWith("ACTIVE")) return ok(`${name} is active`);
    const { ref } = supabaseOf(world);
    const dashboard = `https://supabase.com/dashboard/project/${ref}`;
    return failed(`${name} is ${status}`, `Restore the project: ${dashboard}`);
  },
};
