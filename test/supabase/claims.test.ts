import { expect, test } from "vitest";
import { PROFILE_CLAIMS } from "../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack({ seed: false });
const COLUMNS = Object.values(PROFILE_CLAIMS).map(({ column }) => column);

/** The columns of the table that meet a condition, in alphabetical order. */
async function columnsWhere(condition: string): Promise<string[]> {
  const { rows } = await stack.owner.query<{ name: string }>(
    `select attname::text as name from pg_attribute where attrelid = 'public.profiles'::regclass
       and attnum > 0 and not attisdropped and ${condition}`,
  );
  return rows.map(({ name }) => name).sort();
}

test("the workflow's role may read only kinde_id and the columns of the claims", async () => {
  const readable = "has_column_privilege('kinde_workflow', attrelid, attnum, 'select')";
  expect(await columnsWhere(readable)).toEqual(["kinde_id", ...COLUMNS].sort());
});

test("only the comments of the claims' columns say that they are claims", async () => {
  const marked = "col_description(attrelid, attnum) like 'Claim %'";
  expect(await columnsWhere(marked)).toEqual([...COLUMNS].sort());
});

test("a claim's column has a value in every row", async () => {
  expect(await columnsWhere("attnotnull")).toEqual(expect.arrayContaining(COLUMNS));
});
