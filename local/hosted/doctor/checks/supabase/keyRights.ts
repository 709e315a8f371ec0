import { z } from "zod";
import { HostedApiError } from "../../../clients/HostedApiError.ts";
import { readDataApi } from "../../../setup/steps/dataApi.ts";
import type { World } from "../../../world.ts";
import { type Check, type Examination, failed, ok, unknown } from "../../check.ts";
import { FORBIDDEN_FOR_WORKFLOW, readTable, tryAll } from "../../dataApi/attempts.ts";
import { type KeyHeaders, leftOutWithout, withKey, workflowHeaders } from "../../dataApi/keys.ts";
import { remember } from "../../remember.ts";
import { READABLE_COLUMNS } from "../../schema/columns.ts";
import { NO_WORKFLOW_KEY, readClaims } from "./workflowKey.ts";

export const keyRightsCheck: Check = {
  code: "SUPABASE_KEY_RIGHTS",
  title: "The workflow's key can do nothing else",
  why: "A person who gets the workflow's key can do everything that the key allows.",
  needs: ["SUPABASE_URL"],
  leftOut: leftOutWithout("SUPABASE_SECRET_KEY"),
  uses: ["dataApi"],
  examine: (world) =>
    withKey(world, workflowHeaders, NO_WORKFLOW_KEY, async (headers) => {
      const { status } = await readClaims(world, headers);
      return status < 300
        ? await tryRights(world, headers)
        : unknown("the key does not work, see SUPABASE_KEY_READS");
    }),
};

async function tryRights(world: World, headers: KeyHeaders): Promise<Examination> {
  const { tables, functions, isComplete } = await readOthers(world);
  const attempts = [
    ...FORBIDDEN_FOR_WORKFLOW,
    ...tables.map(({ schema, name }) => readTable(schema, name)),
  ];
  const { allowed, unclear } = await tryAll(world, headers, attempts);
  const all = [...allowed, ...functions.map(({ schema, name }) => `call ${schema}.${name}`)];
  if (all.length > 0) {
    return failed(
      `it may also ${all.join(", ")}`,
      "Put the key of the role kinde_workflow (npm run setup makes it) into Kinde's SUPABASE_SECRET_KEY; if it is that key, take these rights from the role and from public, see SUPABASE_GRANTS.",
    );
  }
  if (unclear.length > 0) return unknown(`could not be tried: ${unclear.join(", ")}`);
  const rest = isComplete ? "" : "; other tables are not known without an access token";
  return ok(
    `${READABLE_COLUMNS.length} columns; ${attempts.length} other attempts were refused${rest}`,
  );
}

const MANY = 50;
const named = z.object({ schema: z.string(), name: z.string() });

const NOTHING = { tables: [], functions: [], isComplete: false };

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
  if (world.supabase === undefined) return NOTHING;
  try {
    const { schemas } = await remember(world, readDataApi);
    const parameters = [schemas.join(",")];
    return {
      tables: await world.supabase.query(named, TABLES, parameters),
      functions: await world.supabase.query(named, FUNCTIONS, parameters),
      isComplete: true,
    };
  } catch (error) {
    if (error instanceof HostedApiError) return NOTHING;
    throw error;
  }
}
