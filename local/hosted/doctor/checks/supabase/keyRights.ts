import { z } from "zod";
import { readDataApi } from "../../../setup/steps/dataApi.ts";
import { supabaseOf, type World } from "../../../world.ts";
import { type Check, failed, ok, unknown } from "../../check.ts";
import { FORBIDDEN_FOR_WORKFLOW, readTable, tryAll } from "../../dataApi/attempts.ts";
import { leftOutWithout, workflowHeaders } from "../../dataApi/keys.ts";
import { remember } from "../../remember.ts";
import { READABLE_COLUMNS } from "../../schema/columns.ts";
import { readWithKey } from "./workflowKey.ts";

export const keyRightsCheck: Check = {
  code: "SUPABASE_KEY_RIGHTS",
  title: "The workflow's key can do nothing else",
  why: "Whoever gets hold of the workflow's key can do this, too.",
  needs: ["SUPABASE_URL"],
  leftOut: leftOutWithout("SUPABASE_SECRET_KEY"),
  uses: ["dataApi"],
  async examine(world) {
    const headers = await workflowHeaders(world);
    const read = await remember(world, readWithKey);
    if (headers === undefined || read === undefined)
      return unknown("there is no key: SUPABASE_WORKFLOW_KEY");
    if (read.status >= 300) return unknown("the key does not work: SUPABASE_KEY_READS");
    const { tables, functions } = await readOthers(world);
    const others = tables.map(({ schema, name }) => readTable(schema, name));
    const { allowed, unclear } = await tryAll(world, headers, [
      ...FORBIDDEN_FOR_WORKFLOW,
      ...others,
    ]);
    const all = [...allowed, ...functions.map(({ schema, name }) => `call ${schema}.${name}`)];
    if (all.length > 0) {
      return failed(
        `it may also ${all.join(", ")}`,
        "Put the key of the role kinde_workflow (npm run setup makes it) into Kinde's SUPABASE_SECRET_KEY; if it is that key, take these rights from the role and from public, see SUPABASE_GRANTS.",
      );
    }
    if (unclear.length > 0) return unknown(`could not be tried: ${unclear.join(", ")}`);
    const count = FORBIDDEN_FOR_WORKFLOW.length + others.length;
    return ok(`${READABLE_COLUMNS.length} columns; ${count} other attempts were refused`);
  },
};

const MANY = 50;
const named = z.object({ schema: z.string(), name: z.string() });

/** The other tables of the exposed schemas. */
const TABLES = `select n.nspname as schema, c.relname as name
from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any (string_to_array($1::text, ',')) and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not (n.nspname = 'public' and c.relname = 'profiles')
order by 1, 2 limit ${MANY}`;

/** The functions that the role may call. They are not tried, since they could do something. */
const FUNCTIONS = `select distinct n.nspname as schema, p.proname as name
from pg_catalog.pg_proc as p join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname = any (string_to_array($1::text, ','))
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
  and has_schema_privilege(to_regrole('kinde_workflow'), n.oid, 'usage')
  and has_function_privilege(to_regrole('kinde_workflow'), p.oid, 'execute')
order by 1, 2 limit ${MANY}`;

async function readOthers(world: World) {
  if (world.supabase === undefined) return { tables: [], functions: [] };
  const { schemas } = await remember(world, readDataApi);
  const parameters = [schemas.join(",")];
  return {
    tables: await supabaseOf(world).query(named, TABLES, parameters),
    functions: await supabaseOf(world).query(named, FUNCTIONS, parameters),
  };
}
