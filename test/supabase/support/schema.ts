import type { Client } from "pg";

const PROFILES = `
  select 'column' as kind, attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
      || ' ' || attcollation::regcollation || ' ' || attgenerated::text || attidentity::text
      || ' ' || coalesce(pg_get_expr(adbin, adrelid), '') as definition
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = to_regclass('public.profiles') and attnum > 0 and not attisdropped
  union all
  select 'constraint', conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where conrelid = to_regclass('public.profiles')
  union all
  select 'trigger', pg_get_triggerdef(oid) from pg_trigger
    where tgrelid = to_regclass('public.profiles') and not tgisinternal
  union all
  select 'policy', policyname || ' ' || roles::text || cmd || coalesce(qual, '') || coalesce(with_check, '')
    from pg_policies where tablename = 'profiles'
  union all
  select 'grant', grantee || ' ' || privilege_type || ' ' || column_name
    from information_schema.column_privileges
    where table_name = 'profiles' and table_schema = 'public' and grantee <> 'postgres'
  union all
  select 'relation', oid::regclass::text || ' ' || relkind::text from pg_class
    where relnamespace in (to_regnamespace('public'), to_regnamespace('private'))
  union all
  select 'function', oid::regprocedure::text || md5(pg_get_functiondef(oid)) from pg_proc
    where pronamespace in (to_regnamespace('public'), to_regnamespace('private'))
  order by 1, 2`;

export interface Definition {
  kind: string;
  definition: string;
}

/** Everything that defines public.profiles and its surroundings, one line each. */
export async function readSchema(client: Client): Promise<Definition[]> {
  return (await client.query<Definition>(PROFILES)).rows;
}
