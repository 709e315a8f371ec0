-- Only for a project that followed Kinde's tutorial ("customize tokens using workflows") and so has
-- a table public.profiles (id, kinde_id, lifetime_subscriber) already. Copy this file into
-- supabase/migrations and run `supabase db push`; supabase/README.md tells the whole way.
--
-- It brings the table, in place and in one transaction, to where the first migration starts:
--   * every row as it was, with any column you added, is kept in private.tutorial_profiles;
--   * of several rows of one user the oldest (lowest id) stays, and it is subscribed if any of them
--     was: a subscription is never lost here. A subscription that somebody gave himself with the
--     public key is not lost either: read private.tutorial_profiles before you trust it;
--   * an unknown (null) subscription becomes false: the tutorial never meant anything else by it;
--   * a row whose kinde_id cannot be one (empty, blanks, control characters, more than 128
--     characters) leaves the table; Kinde has no such user. It is in private.tutorial_profiles;
--   * policies of the table are dropped: a permissive one would outlive the new ones.
-- Running it again changes nothing.

do $$
declare
  invalid constant text := '[\s\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]';
  leftover record;
  affected bigint;
begin
  if to_regclass('public.profiles') is null then
    raise notice 'There is no table public.profiles: nothing to upgrade.';
    return;
  end if;
  if exists (
    select from pg_catalog.pg_attribute
    where attrelid = 'public.profiles'::regclass and attname = 'full_name' and not attisdropped
  ) then
    raise notice 'public.profiles has the columns of the form already: nothing to upgrade.';
    return;
  end if;

  -- Nobody writes from here on; whoever reads sees the old table until all of this is done.
  lock table public.profiles in share row exclusive mode;

  create schema if not exists private;
  create table private.tutorial_profiles as table public.profiles;
  comment on table private.tutorial_profiles is
    'The rows of public.profiles as Kinde''s tutorial left them. Drop it when you have compared.';
  alter table private.tutorial_profiles enable row level security;

  for leftover in select polname from pg_catalog.pg_policy where polrelid = 'public.profiles'::regclass loop
    raise notice 'Dropping policy %', leftover.polname;
    execute pg_catalog.format('drop policy %I on public.profiles', leftover.polname);
  end loop;

  delete from public.profiles
  where kinde_id is null or char_length(kinde_id) not between 1 and 128 or kinde_id ~ invalid;
  get diagnostics affected = row_count;
  raise notice 'Rows whose kinde_id is none, kept in private.tutorial_profiles only: %', affected;

  with merged as (
    select kinde_id, min(id) as id, coalesce(bool_or(lifetime_subscriber), false) as subscribed
    from public.profiles
    group by kinde_id
  ), kept as (
    update public.profiles as profile
    set lifetime_subscriber = merged.subscribed
    from merged
    where profile.id = merged.id
      and profile.lifetime_subscriber is distinct from merged.subscribed
  )
  delete from public.profiles as profile
  using merged
  where profile.kinde_id = merged.kinde_id and profile.id <> merged.id;
  get diagnostics affected = row_count;
  raise notice 'Rows merged into an older one of the same user: %', affected;

  alter table public.profiles
    alter column kinde_id set data type text collate "C",
    alter column kinde_id set not null,
    alter column lifetime_subscriber set default false,
    alter column lifetime_subscriber set not null,
    add column full_name text,
    add column company text,
    add column created_at timestamptz not null default now(),
    add column updated_at timestamptz not null default now(),
    add constraint profiles_kinde_id_key unique (kinde_id),
    add constraint profiles_kinde_id_check check (
      char_length(kinde_id) between 1 and 128
      and kinde_id !~ '[\s\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]'
    ),
    add constraint profiles_full_name_check check (char_length(full_name) <= 200),
    add constraint profiles_company_check check (char_length(company) <= 200);
end;
$$;
