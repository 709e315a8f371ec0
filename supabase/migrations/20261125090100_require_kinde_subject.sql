-- A signed-in user must have a subject of Kinde: kp_… or, in older tenants, kp:….
-- Without this, a project that also lets people sign up with Supabase Auth would let each of them
-- create a row under the UUID that Supabase Auth gave them.

alter policy "users read their own profile" on public.profiles
  using (kinde_id = ((select auth.jwt()) ->> 'sub') and kinde_id ~ '^kp[_:]');

alter policy "users create their own profile" on public.profiles
  with check (kinde_id = ((select auth.jwt()) ->> 'sub') and kinde_id ~ '^kp[_:]');

alter policy "users edit their own profile" on public.profiles
  using (kinde_id = ((select auth.jwt()) ->> 'sub') and kinde_id ~ '^kp[_:]')
  with check (kinde_id = ((select auth.jwt()) ->> 'sub') and kinde_id ~ '^kp[_:]');

do $$
declare
  policy text;
begin
  foreach policy in array array[
    'users read their own profile', 'users create their own profile', 'users edit their own profile'
  ] loop
    execute pg_catalog.format(
      'comment on policy %I on public.profiles is %L',
      policy,
      'The subject''s prefix excludes the users of Supabase Auth, whose subject is a UUID; it does not prove that Kinde issued the token, which is the task of the project''s list of trusted issuers.'
    );
  end loop;
end;
$$;
