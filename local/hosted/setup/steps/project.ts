import { supabaseOf, type World } from "../../world.ts";
import { defineStep, SUPABASE } from "../step.ts";

export const readProject = (world: World) => supabaseOf(world).project();

export const projectStep = defineStep({
  id: "supabase.project",
  title: "Supabase project",
  needs: SUPABASE,
  isGate: true,
  read: readProject,
  decide({ name, status }, { settings }) {
    if (status.startsWith("ACTIVE")) return { action: "exists", detail: `${name} is active` };
    const where = `https://supabase.com/dashboard/project/${settings.SUPABASE_PROJECT_REF}`;
    return { action: "manual", detail: `${name} is ${status}: resume it at ${where}` };
  },
});
