-- The rights of each role. None depends on the project's defaults: older projects grant a new table to
-- all three API roles, newer ones to none of them, not even to service_role.

alter table public.profiles enable row level security;

revoke all on table public.profiles from public, anon, authenticated, service_role;
do $$
declare
  -- Found by its column, because a renamed table keeps the old name of its sequence.
  numbers constant text := pg_catalog.pg_get_serial_sequence('public.profiles', 'id');
begin
  if numbers is not null then
    execute pg_catalog.format(
      'revoke all on sequence %s from public, anon, authenticated, service_role', numbers
    );
  end if;
end;
$$;

-- The back office. It bypasses the policies below. It cannot write profile_complete either.
grant select, insert, update, delete on table public.profiles to service_role;

-- A signed-in user: reads the own row, creates it, and writes its columns of the form.
grant select on table public.profiles to authenticated;
grant insert (kinde_id, full_name, company) on table public.profiles to authenticated;
grant update (full_name, company) on table public.profiles to authenticated;

-- The subselect is evaluated once for each statement, not once for each row. sub is a Kinde id and
-- not a UUID, so auth.uid() would fail on it.
create policy "users read their own profile" on public.profiles
  for select to authenticated
  using (kinde_id = ((select auth.jwt()) ->> 'sub'));

create policy "users create their own profile" on public.profiles
  for insert to authenticated
  with check (kinde_id = ((select auth.jwt()) ->> 'sub'));

create policy "users edit their own profile" on public.profiles
  for update to authenticated
  using (kinde_id = ((select auth.jwt()) ->> 'sub'))
  with check (kinde_id = ((select auth.jwt()) ->> 'sub'));
