-- Only for a project that followed Kinde's tutorial ("customize tokens using workflows") and so has
-- a table public.profiles (id, kinde_id, lifetime_subscriber) already. Copy this file into
-- supabase/migrations and run `supabase db push`. supabase/README.md describes all steps, the shapes
-- of the table that this file handles, and what to do about the others.
--
-- It changes the table, in place and in one transaction, into what the first migration expects. All
-- checks come before all changes. They also check what the following migrations need, because each
-- of these is a transaction of its own: if one of them would fail, this file refuses the table and
-- says why and what to do. Running it again changes nothing.
--
-- The steps are functions of this session (pg_temp), called in order at the end of the file.

create or replace function pg_temp.refuse(problem text, cure text) returns void
  language plpgsql
as $$
begin
  raise exception 'public.profiles was not upgraded, and nothing was changed: %. %.', problem, cure;
end;
$$;

-- Whether the table is as the first migration expects a table that it did not make.
create or replace function pg_temp.is_prepared() returns boolean
  language sql
as $$
  select 2 = (
    select count(*) from pg_catalog.pg_constraint
    where conrelid = to_regclass('public.profiles')
      and (
        conname = 'profiles_kinde_id_key' and contype = 'u'
        or conname = 'profiles_kinde_id_check' and pg_catalog.pg_get_constraintdef(oid) like '%128%'
      )
  ) and 7 = (
    select count(*) from pg_catalog.pg_attribute
    where attrelid = to_regclass('public.profiles') and not attisdropped
      and attname in (
        'id', 'kinde_id', 'full_name', 'company', 'lifetime_subscriber', 'created_at', 'updated_at'
      )
  );
$$;

-- Whether a kinde_id can stay: 1 to 128 visible ASCII characters (no space), like every id of Kinde.
-- The constraint on kinde_id in a later migration allows all of these ids.
create or replace function pg_temp.is_kinde_id(kinde_id text) returns boolean
  language sql
  immutable
as $$
  select coalesce(kinde_id ~ '^[!-~]{1,128}$', false);
$$;

-- Refuses another kind of relation, and a table that this role may not change.
create or replace function pg_temp.check_table() returns void
  language plpgsql
as $$
declare
  seen record;
begin
  select relkind <> 'r' or relispartition or relhassubclass as is_special,
    pg_get_userbyid(relowner) as owner, pg_has_role(current_user, relowner, 'member') as is_ours
  into seen from pg_catalog.pg_class where oid = 'public.profiles'::regclass;
  if seen.is_special then
    perform pg_temp.refuse('it is not an ordinary table', 'Move it aside, as supabase/README.md describes');
  elsif not seen.is_ours then
    perform pg_temp.refuse(
      format('it belongs to the role %s', seen.owner),
      format('Run as that role: alter table public.profiles owner to %I', current_user)
    );
  end if;
end;
$$;

-- Refuses columns that no step below can change into the expected ones.
create or replace function pg_temp.check_columns() returns void
  language plpgsql
as $$
declare
  seen record;
  too_long bigint;
begin
  for seen in
    select wanted.name, wanted.types, wanted.is_required, attgenerated,
      pg_catalog.format_type(atttypid, null) as type
    from (values
      ('id', array['bigint', 'integer', 'smallint'], true),
      ('kinde_id', array['text', 'character varying', 'character'], true),
      ('lifetime_subscriber', array['boolean'], true),
      ('full_name', array['text', 'character varying'], false),
      ('company', array['text', 'character varying'], false),
      ('created_at', array['timestamp with time zone', 'timestamp without time zone'], false),
      ('updated_at', array['timestamp with time zone', 'timestamp without time zone'], false)
    ) as wanted (name, types, is_required)
    left join pg_catalog.pg_attribute
      on attrelid = 'public.profiles'::regclass and attname = wanted.name and not attisdropped
    order by wanted.is_required desc, wanted.name
  loop
    if seen.type is null then
      if seen.is_required then
        perform pg_temp.refuse(
          format('it has no column %s, so the tutorial did not make it', seen.name),
          'Move it aside, as supabase/README.md describes'
        );
      end if;
    elsif seen.type <> all (seen.types) then
      perform pg_temp.refuse(
        format('its column %s is of type %s and not %s', seen.name, seen.type, seen.types[1]),
        format('Change the type (alter table public.profiles alter column %s type …), or move the table aside, as supabase/README.md describes', seen.name)
      );
    elsif seen.attgenerated <> '' then
      perform pg_temp.refuse(
        format('its column %s is generated', seen.name),
        format('Run: alter table public.profiles alter column %s drop expression', seen.name)
      );
    elsif seen.name in ('full_name', 'company') then
      execute format('select count(*) from public.profiles where char_length(%I) > 200', seen.name)
        into too_long;
      if too_long > 0 then
        perform pg_temp.refuse(
          format('%s of its rows have more than 200 characters in %s', too_long, seen.name), 'Shorten them'
        );
      end if;
    end if;
  end loop;

  if not exists (
    select from pg_catalog.pg_constraint
    join pg_catalog.pg_attribute on attrelid = conrelid and conkey = array[attnum]
    where conrelid = 'public.profiles'::regclass and contype = 'p' and attname = 'id'
  ) then
    perform pg_temp.refuse(
      'its column id is not the primary key',
      'Make id the primary key (alter table public.profiles add primary key (id)), or move the table aside, as supabase/README.md describes'
    );
  end if;

  for seen in
    select attname from pg_catalog.pg_attribute
    where attrelid = 'public.profiles'::regclass and attnum > 0 and not attisdropped
      and attnotnull and not atthasdef and attidentity = ''
      and attname not in (
        'id', 'kinde_id', 'full_name', 'company', 'lifetime_subscriber', 'created_at', 'updated_at'
      )
  loop
    perform pg_temp.refuse(
      format('no profile could be created, because its column %s is not null and has no default', seen.attname),
      format('Run: alter table public.profiles alter column %I drop not null', seen.attname)
    );
  end loop;
end;
$$;

-- Refuses objects with a name that this file or a later migration uses.
create or replace function pg_temp.check_names() returns void
  language plpgsql
as $$
declare
  taken record;
begin
  for taken in
    select format('the column %s exists already, and will be computed', attname) as problem,
      format('Run: alter table public.profiles rename column %s to old_%s', attname, attname) as cure
    from pg_catalog.pg_attribute
    where attrelid = 'public.profiles'::regclass and attname = 'profile_complete' and not attisdropped
    union all
    select format('its constraint %s has the name of one of ours', conname),
      format('Run: alter table public.profiles rename constraint %s to old_%s', conname, conname)
    from pg_catalog.pg_constraint
    where conrelid = 'public.profiles'::regclass
      and (
        conname in ('profiles_kinde_id_check', 'profiles_full_name_check', 'profiles_company_check')
        -- A unique key on kinde_id with that name is the wanted one.
        or conname = 'profiles_kinde_id_key' and (contype <> 'u' or condeferrable or conkey <> array[(
          select attnum from pg_catalog.pg_attribute
          where attrelid = conrelid and attname = 'kinde_id'
        )])
      )
    union all
    select format('a table %s exists already', name), 'Rename it'
    from unnest(array[
      'private.tutorial_profiles', 'private.tutorial_upgrade', 'private.webhook_deliveries',
      'private.deleted_users'
    ]) as name
    where to_regclass(name) is not null
    union all
    select format('a function %s exists already', name), 'Rename it'
    from unnest(array[
      'private.has_text(text)', 'private.set_updated_at()', 'private.blank_characters()',
      'private.is_blank(text)', 'public.begin_webhook_delivery(text, uuid)',
      'public.finish_webhook_delivery(text, uuid)', 'public.abandon_webhook_delivery(text, uuid)',
      'public.mark_user_deleted(text)', 'public.is_user_deleted(text)', 'private.was_deleted(text)',
      'private.claim_columns()', 'private.are_claim_columns(name[])', 'private.has_claim_queue()',
      'private.wake_claim_relay()', 'private.send_claim_changes(text[])',
      'private.queue_whole_rows()', 'private.queue_updated_claims()', 'private.claim_comparison()',
      'private.queue_updated_claims_body()', 'private.follow_claim_columns()',
      'private.sweep_claim_changes()', 'private.set_up_claim_changes()',
      'public.take_claim_changes(integer, integer)',
      'public.wait_for_claim_changes(integer, integer, integer)',
      'public.settle_claim_changes(bigint[], jsonb, bigint[])', 'public.pending_claim_changes()',
      'public.retry_dead_claim_changes()'
    ]) as name
    where to_regprocedure(name) is not null
  loop
    perform pg_temp.refuse(taken.problem, taken.cure);
  end loop;
end;
$$;

-- Refuses objects that depend on the table and would block a change, act on a row that is merged,
-- or show the rows past row-level security afterwards: views, triggers, rules, other tables'
-- policies, and functions whose dependency PostgreSQL has recorded.
create or replace function pg_temp.check_dependents() returns void
  language plpgsql
as $$
declare
  dependent text;
begin
  for dependent in
    select pg_catalog.pg_describe_object(classid, objid, 0)
    from pg_catalog.pg_depend
    left join pg_catalog.pg_policy on classid = 'pg_policy'::regclass and pg_policy.oid = objid
    left join pg_catalog.pg_trigger on classid = 'pg_trigger'::regclass and pg_trigger.oid = objid
    where refclassid = 'pg_class'::regclass and refobjid = 'public.profiles'::regclass
      and classid in (
        'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass, 'pg_trigger'::regclass
      )
      and polrelid is distinct from 'public.profiles'::regclass
      and tgisinternal is not true
  loop
    perform pg_temp.refuse(
      format('the %s depends on it', dependent),
      'Drop it, push, and create it again (a view needs security_invoker = true, or it shows every row to everyone who can read the view)'
    );
  end loop;
end;
$$;

-- Lists the rows that will be removed: rows that are merged into an older row of the same user (kept
-- is its id), and rows whose kinde_id is not valid (kept is null).
create or replace function pg_temp.mark_leaving() returns void
  language plpgsql
as $$
begin
  drop table if exists pg_temp.leaving;
  create temporary table leaving on commit drop as
  select id::bigint, kept::bigint
  from (
    select id, case when is_valid then min(id) over (partition by is_valid, kinde_id) end as kept
    from (
      select id, kinde_id::text collate "C" as kinde_id, pg_temp.is_kinde_id(kinde_id::text) as is_valid
      from public.profiles
    ) as judged
  ) as grouped
  where kept is distinct from id;
end;
$$;

-- Refuses to remove a row to which rows of another table refer. References to the id of a
-- merged row do not matter: they will refer to the row that remains.
create or replace function pg_temp.check_references() returns void
  language plpgsql
as $$
declare
  reference record;
  holders bigint;
begin
  for reference in
    select conname, conrelid::regclass as child,
      string_agg(format('child.%I = gone.%I', child_column.attname, column_.attname), ' and ') as matches,
      bool_and(column_.attname = 'id') as is_to_id
    from pg_catalog.pg_constraint
    cross join unnest(conkey, confkey) as pair (child_number, number)
    join pg_catalog.pg_attribute as child_column
      on child_column.attrelid = conrelid and child_column.attnum = child_number
    join pg_catalog.pg_attribute as column_
      on column_.attrelid = confrelid and column_.attnum = number
    where confrelid = 'public.profiles'::regclass and contype = 'f'
    group by pg_constraint.oid
  loop
    execute format(
      'select count(*) from %s as child where exists (
        select from public.profiles as gone join pg_temp.leaving using (id)
        where %s and (leaving.kept is null or not %L::boolean)
      )',
      reference.child, reference.matches, reference.is_to_id
    ) into holders;
    if holders > 0 then
      perform pg_temp.refuse(
        format('%s rows of %s refer, by %s, to profiles that cannot stay, because their kinde_id is not valid or belongs to another row', holders, reference.child, reference.conname),
        'Change these rows to refer to other profiles, or delete them'
      );
    end if;
  end loop;
end;
$$;

-- Copies the old rows and policies into tables that no role of the Data API can read.
create or replace function pg_temp.archive() returns void
  language plpgsql
as $$
declare
  policy record;
begin
  if to_regnamespace('private') is null then
    create schema private;
    revoke all on schema private from public, anon, authenticated, service_role;
  end if;

  create table private.tutorial_profiles as table public.profiles;
  comment on table private.tutorial_profiles is
    'The rows of public.profiles as Kinde''s tutorial left them. Drop it when you have compared.';
  create table private.tutorial_upgrade (happened text not null, detail jsonb not null);
  comment on table private.tutorial_upgrade is
    'What the upgrade did to public.profiles. Drop it with private.tutorial_profiles.';
  alter table private.tutorial_profiles enable row level security;
  alter table private.tutorial_upgrade enable row level security;
  revoke all on table private.tutorial_profiles, private.tutorial_upgrade
    from public, anon, authenticated, service_role;

  insert into private.tutorial_upgrade
  select 'policy dropped', to_jsonb(pg_policies) from pg_catalog.pg_policies
  where schemaname = 'public' and tablename = 'profiles';
  insert into private.tutorial_upgrade
  select case when kept is null then 'row without a user removed' else 'row merged' end, to_jsonb(leaving)
  from pg_temp.leaving;

  -- An old permissive policy would still allow what the new policies do not allow.
  for policy in select polname from pg_catalog.pg_policy where polrelid = 'public.profiles'::regclass loop
    execute format('drop policy %I on public.profiles', policy.polname);
  end loop;
end;
$$;

-- Leaves one row for each user: the oldest, subscribed if any row of the user was. References to the
-- id of a merged row then lead to the row that remains.
create or replace function pg_temp.merge() returns void
  language plpgsql
as $$
declare
  reference record;
begin
  -- A check that is deferred to the commit would block changes of the table.
  set constraints all immediate;
  for reference in
    select conrelid::regclass as child, child_column.attname
    from pg_catalog.pg_constraint
    join pg_catalog.pg_attribute as child_column
      on child_column.attrelid = conrelid and conkey = array[child_column.attnum]
    join pg_catalog.pg_attribute as column_
      on column_.attrelid = confrelid and confkey = array[column_.attnum]
    where confrelid = 'public.profiles'::regclass and contype = 'f' and column_.attname = 'id'
  loop
    execute format(
      'update %1$s as child set %2$I = leaving.kept from pg_temp.leaving where child.%2$I = leaving.id',
      reference.child, reference.attname
    );
  end loop;

  update public.profiles as profile set lifetime_subscriber = true
  from pg_temp.leaving join public.profiles as gone on gone.id = leaving.id
  where profile.id = leaving.kept and gone.lifetime_subscriber
    and profile.lifetime_subscriber is distinct from true;
  delete from public.profiles using pg_temp.leaving where profiles.id = leaving.id;
  -- In the tutorial, null means false.
  update public.profiles set lifetime_subscriber = false where lifetime_subscriber is null;
end;
$$;

-- From here on an identity column numbers the rows. A role that inserts rows into such a table needs no
-- right to its sequence.
create or replace function pg_temp.number_rows() returns void
  language plpgsql
as $$
declare
  numbers constant text := pg_catalog.pg_get_serial_sequence('public.profiles', 'id');
  last bigint := 1;
  key_name text;
begin
  if numbers is not null then
    execute format('select last_value from %s', numbers) into last;
  end if;
  select greatest(last, max(id)) into last from private.tutorial_profiles;
  alter table public.profiles alter column id drop identity if exists;
  alter table public.profiles alter column id drop default;
  if to_regclass(numbers) is not null then
    execute format('drop sequence %s', numbers);
  end if;
  alter table public.profiles alter column id set data type bigint;
  alter table public.profiles alter column id add generated always as identity;
  perform setval(pg_catalog.pg_get_serial_sequence('public.profiles', 'id'), last);

  select conname into key_name from pg_catalog.pg_constraint
  where conrelid = 'public.profiles'::regclass and contype = 'p';
  if key_name <> 'profiles_pkey' then
    execute format('alter table public.profiles rename constraint %I to profiles_pkey', key_name);
  end if;
end;
$$;

-- The columns and constraints of the first migration.
create or replace function pg_temp.shape_columns() returns void
  language plpgsql
as $$
declare
  time_column text;
  key_name text;
begin
  -- Without a time zone, Supabase's clocks show UTC.
  for time_column in
    select attname from pg_catalog.pg_attribute
    where attrelid = 'public.profiles'::regclass and attname in ('created_at', 'updated_at')
      and atttypid = 'timestamp without time zone'::regtype
  loop
    execute format(
      'alter table public.profiles alter column %1$I drop default,
        alter column %1$I set data type timestamptz using %1$I at time zone ''utc''', time_column
    );
  end loop;

  alter table public.profiles
    add column if not exists full_name text,
    add column if not exists company text,
    add column if not exists created_at timestamptz default now(),
    add column if not exists updated_at timestamptz default now();
  update public.profiles
  set created_at = coalesce(created_at, now()), updated_at = coalesce(updated_at, now())
  where created_at is null or updated_at is null;

  alter table public.profiles
    -- A cast to text removes the blanks that char(n) adds.
    alter column kinde_id drop default,
    alter column kinde_id set data type text collate "C" using kinde_id::text,
    alter column kinde_id set not null,
    alter column full_name drop default,
    alter column full_name drop not null,
    alter column full_name set data type text,
    alter column company drop default,
    alter column company drop not null,
    alter column company set data type text,
    alter column lifetime_subscriber set default false,
    alter column lifetime_subscriber set not null,
    alter column created_at set data type timestamptz,
    alter column created_at set default now(),
    alter column created_at set not null,
    alter column updated_at set data type timestamptz,
    alter column updated_at set default now(),
    alter column updated_at set not null,
    add constraint profiles_full_name_check check (char_length(full_name) <= 200),
    add constraint profiles_company_check check (char_length(company) <= 200),
    -- The migration that defines private.is_blank replaces it later.
    add constraint profiles_kinde_id_check check (kinde_id ~ '^[!-~]{1,128}$');
  -- An existing key is used, whatever its name. (An upsert cannot use a deferrable one.)
  select conname into key_name
  from pg_catalog.pg_constraint
  join pg_catalog.pg_attribute on attrelid = conrelid and conkey = array[attnum]
  where conrelid = 'public.profiles'::regclass and contype = 'u' and not condeferrable
    and attname = 'kinde_id'
  order by conname <> 'profiles_kinde_id_key', conname
  limit 1;
  if key_name is null then
    alter table public.profiles add constraint profiles_kinde_id_key unique (kinde_id);
  elsif key_name <> 'profiles_kinde_id_key' then
    execute format('alter table public.profiles rename constraint %I to profiles_kinde_id_key', key_name);
  end if;
end;
$$;

do $$
begin
  if to_regclass('public.profiles') is null then
    raise notice 'There is no table public.profiles: nothing to upgrade.';
    return;
  end if;
  if pg_temp.is_prepared() then
    raise notice 'public.profiles has been upgraded already.';
    return;
  end if;

  perform pg_temp.check_table();
  -- From here on, every read or write waits until this file is done.
  lock table public.profiles in access exclusive mode;
  perform pg_temp.check_columns();
  perform pg_temp.check_names();
  perform pg_temp.check_dependents();
  perform pg_temp.mark_leaving();
  perform pg_temp.check_references();

  perform pg_temp.archive();
  perform pg_temp.merge();
  perform pg_temp.number_rows();
  perform pg_temp.shape_columns();
  -- Closes the table now, in case the following migrations are never applied.
  alter table public.profiles enable row level security, no force row level security;
  revoke all on table public.profiles from public, anon, authenticated;
exception
  -- Raises our own errors unchanged, and words unexpected ones in the same way. The changes of the
  -- block are undone.
  when raise_exception then raise;
  when others then perform pg_temp.refuse(sqlerrm, 'Fix that, or move the table aside, as supabase/README.md describes');
end;
$$;
