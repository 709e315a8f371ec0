import type { Client } from "pg";

/** The id of the n-th generated user, in SQL. Its shape is that of a real id; the order is random. */
const ID = "'kp_' || md5(n::text)";

const CHUNK = 1_000_000;

/**
 * Adds the generated users of `range` to a table in one transaction. The constraints that `table`
 * lists are dropped first and restored at the end, because that loads many rows fastest.
 */
export async function fill(
  client: Client,
  table: { name: string; constraints: readonly string[] },
  range: { from: number; to: number },
  onProgress: (text: string) => void = () => undefined,
): Promise<void> {
  if (range.to < range.from) return;
  await client.query("begin");
  await client.query("set local maintenance_work_mem = '512MB'");
  const names = table.constraints.map((definition) => definition.split(" ")[0]);
  if (names.length > 0) {
    const drops = names.map((name) => `drop constraint ${name}`);
    await client.query(`alter table ${table.name} ${drops.join(", ")}`);
  }
  for (let from = range.from; from <= range.to; from += CHUNK) {
    const to = Math.min(range.to, from + CHUNK - 1);
    onProgress(`Filling ${table.name} up to ${to.toLocaleString("en")} rows`);
    await client.query(
      `insert into ${table.name} (kinde_id, lifetime_subscriber)
       select ${ID}, n % 2 = 0 from generate_series(${from}, ${to}) as n`,
    );
  }
  if (names.length > 0) {
    onProgress(`Building the indexes of ${table.name}`);
    const adds = table.constraints.map((definition) => `add constraint ${definition}`);
    await client.query(`alter table ${table.name} ${adds.join(", ")}`);
  }
  await client.query("commit");
  await client.query(`vacuum (analyze) ${table.name}`);
}

/** Size of the table and of all its indexes, in bytes. */
export async function sizeOf(client: Client, table: string): Promise<TableSize> {
  const { rows } = await client.query(
    "select pg_table_size($1::regclass) as table, pg_indexes_size($1::regclass) as indexes",
    [table],
  );
  return { table: Number(rows[0].table), indexes: Number(rows[0].indexes) };
}

export interface TableSize {
  table: number;
  indexes: number;
}

/** The table of this project. */
export const OURS = {
  name: "public.profiles",
  constraints: ["profiles_kinde_id_key unique (kinde_id)", "profiles_pkey primary key (id)"],
} as const;

/** The table of Kinde's tutorial. It has another name here, so that one database can hold both. */
export const TUTORIAL = {
  name: "public.tutorial_profiles",
  constraints: [],
} as const;

/** Creates the tutorial's table, readable with the public key, as the tutorial leaves it. */
export async function createTutorialTable(client: Client): Promise<void> {
  await client.query(
    `create table ${TUTORIAL.name} (
       id bigint primary key generated always as identity,
       kinde_id text not null,
       lifetime_subscriber boolean default false
     );
     grant all on ${TUTORIAL.name} to anon, authenticated, service_role`,
  );
}
