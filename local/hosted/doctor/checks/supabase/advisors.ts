import { SUPABASE } from "../../../setup/step.ts";
import { supabaseOf } from "../../../world.ts";
import { type Check, failed, ok, warning } from "../../check.ts";
import { MIGRATED } from "../../schema/facts.ts";

/** Our tables and functions, as the advisor names them: schema and name. */
const OURS = new Set(
  [...Object.keys(MIGRATED.table), ...Object.keys(MIGRATED.function)].map(
    (name) => name.split("(")[0] ?? name,
  ),
);

export const advisorsCheck: Check = {
  code: "SUPABASE_ADVISORS",
  title: "Supabase's security advisor",
  why: "Supabase itself found something in these tables or functions that can open data to others.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const lints = await supabaseOf(world).advisors("security");
    const found = lints.filter(({ level }) => level === "ERROR" || level === "WARN");
    const ours = found.filter(({ metadata }) => OURS.has(`${metadata?.schema}.${metadata?.name}`));
    const others = found.length - ours.length;
    const about = others > 0 ? ` (${others} about other things of the project)` : "";
    if (ours.length === 0) return ok(`nothing about these tables and functions${about}`);
    const seen = ours.map(
      ({ name, metadata }) => `${name} on ${metadata?.schema}.${metadata?.name}`,
    );
    const where = `https://supabase.com/dashboard/project/${supabaseOf(world).ref}/advisors/security`;
    const cure = `Open ${where} and follow its advice.`;
    const isError = ours.some(({ level }) => level === "ERROR");
    return (isError ? failed : warning)(`${seen.join(", ")}${about}`, cure);
  },
};
