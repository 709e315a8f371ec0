import { z } from "zod";
import { SUPABASE } from "../../../setup/step.ts";
import { supabaseOf, type World } from "../../../world.ts";
import { type Check, failed, ok, unknown, warning } from "../../check.ts";
import { remember } from "../../remember.ts";
import { readFacts } from "../../schema/readFacts.ts";

const MANY = 1000;
const count = z.object({ number: z.number() });
const about = { needs: SUPABASE, uses: ["supabase"] } as const;

/** Counts up to `MANY` rows that a query returns. */
async function countRows(world: World, query: string): Promise<number> {
  const text = `select count(*)::int as number from (${query} limit ${MANY}) as found`;
  const [row] = await supabaseOf(world).query(count, text);
  return row?.number ?? 0;
}

const atMost = (number: number) => (number === MANY ? `${MANY} or more` : `${number}`);

/** Whether public.profiles has the columns that the next checks read. */
async function hasKindeId(world: World): Promise<boolean> {
  const { column } = await remember(world, readFacts);
  return column["public.profiles: kinde_id"] !== undefined;
}

export const duplicatesCheck: Check = {
  code: "SUPABASE_DUPLICATES",
  title: "One row for each user",
  why: "The workflow does not know which row counts, so the claims of these users are false.",
  ...about,
  async examine(world) {
    if (!(await hasKindeId(world)))
      return unknown("there is no column kinde_id, see SUPABASE_COLUMNS");
    const { constraint } = await remember(world, readFacts);
    const isUnique = Object.entries(constraint).some(
      ([object, fact]) => object.startsWith("public.profiles: ") && fact === "UNIQUE (kinde_id)",
    );
    // With it, counting would read the whole table for nothing.
    if (isUnique) return ok("the unique key allows no duplicates");
    const duplicates = "select from public.profiles group by kinde_id having count(*) > 1";
    const number = await countRows(world, duplicates);
    if (number === 0) return ok("there are no duplicates now");
    return failed(
      `users with more than one row: ${atMost(number)}`,
      "Find them in the SQL editor (select kinde_id, count(*) from public.profiles group by 1 having count(*) > 1), and delete the rows that are too many.",
    );
  },
};

export const idsCheck: Check = {
  code: "SUPABASE_IDS",
  title: "Ids of Kinde",
  why: "Every user id of Kinde begins with kp_ or kp:, so a row with another id never becomes claims.",
  ...about,
  async examine(world) {
    if (!(await hasKindeId(world)))
      return unknown("there is no column kinde_id, see SUPABASE_COLUMNS");
    const number = await countRows(
      world,
      "select from public.profiles where kinde_id !~ '^kp[_:][!-~]+$'",
    );
    if (number === 0) return ok("all rows have one");
    return warning(
      `rows with an id that is not of the form kp_… or kp:…: ${atMost(number)}`,
      "Find them in the SQL editor (select * from public.profiles where kinde_id !~ '^kp[_:][!-~]+$'), and correct or delete them.",
    );
  },
};
