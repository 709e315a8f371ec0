-- One row for each user: the saved profile form, and what the back office granted.
-- A project that followed Kinde's tutorial has a table of this name already: supabase/upgrade/
-- prepares it, and this migration keeps its rows ("if not exists").

do $$
begin
  -- These two constraints, on which everything else relies, show that the table is ours.
  if to_regclass('public.profiles') is not null and 2 > (
    select count(*) from pg_catalog.pg_constraint
    where conrelid = to_regclass('public.profiles')
      and (
        conname = 'profiles_kinde_id_key' and contype = 'u'
        or conname = 'profiles_kinde_id_check' and pg_catalog.pg_get_constraintdef(oid) like '%128%'
      )
  ) then
    raise exception 'There is another table public.profiles already. If Kinde''s tutorial made it, see "Coming from Kinde''s tutorial" in supabase/README.md; if not, rename it.';
  end if;

  -- An existing schema private may be in use, so its rights stay unchanged.
  if to_regnamespace('private') is null then
    create schema private;
    comment on schema private is 'Helpers of the tables in public. Not exposed by the Data API.';
    revoke all on schema private from public, anon, authenticated, service_role;
  end if;
end;
$$;

create function private.has_text(value text) returns boolean
  language sql
  immutable
  parallel safe
  set search_path = ''
as $$
  -- 20261125090000_define_blank.sql replaces this list, and the one in the constraint on kinde_id.
  -- Blanks of every alphabet, what is invisible, and control characters; \s alone depends on the locale.
  select coalesce(
    value operator(pg_catalog.~) '[^\s\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]',
    false
  );
$$;
comment on function private.has_text(text) is
  'Whether somebody typed something other than blanks. Stored results depend on it: when it changes, rewrite the columns generated with it.';
-- A generated column is computed with the rights of whoever writes the row.
revoke all on function private.has_text(text) from public, anon, authenticated, service_role;
grant execute on function private.has_text(text) to authenticated, service_role;

create table if not exists public.profiles (
  id bigint generated always as identity,
  -- Compared byte by byte: no upgrade of a language's sorting rules can break the unique index.
  kinde_id text collate "C" not null,
  full_name text,
  company text,
  lifetime_subscriber boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  constraint profiles_pkey primary key (id),
  constraint profiles_kinde_id_key unique (kinde_id),
  constraint profiles_kinde_id_check check (
    char_length(kinde_id) between 1 and 128
    and kinde_id !~ '[\s\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]'
  ),
  constraint profiles_full_name_check check (char_length(full_name) <= 200),
  constraint profiles_company_check check (char_length(company) <= 200)
);

-- Only this expression decides whether a profile is complete: one line for each column of the form.
alter table public.profiles
  add column profile_complete boolean not null generated always as (
    private.has_text(full_name)
    and private.has_text(company)
  ) stored;

comment on table public.profiles is
  'One row a Kinde user. The Kinde workflow reads it at every token generation.';
comment on column public.profiles.id is 'For foreign keys; means nothing outside this database.';
comment on column public.profiles.kinde_id is
  'The user''s id in Kinde (kp_…), the sub claim of the token. Set when the row is made; a user cannot change it.';
comment on column public.profiles.full_name is 'A column of the profile form.';
comment on column public.profiles.company is 'A column of the profile form.';
comment on column public.profiles.lifetime_subscriber is
  'Claim lifetime_subscriber. Granted by the back office (service_role) only.';
comment on column public.profiles.profile_complete is
  'Claim profile_complete. Computed from the columns of the form; nobody can write it.';
comment on column public.profiles.created_at is 'When the row was made.';
comment on column public.profiles.updated_at is 'When the row was last written; every update sets it by a trigger.';

create function private.set_updated_at() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  new.updated_at := pg_catalog.now();
  return new;
end;
$$;
comment on function private.set_updated_at() is 'Trigger: the time of the last write is not the writer''s to choose.';
revoke all on function private.set_updated_at() from public, anon, authenticated, service_role;

create trigger profiles_set_updated_at
  before update on public.profiles
  for each row execute function private.set_updated_at();
