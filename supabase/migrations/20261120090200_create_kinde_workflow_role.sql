-- The minimum for the Kinde workflow: reading three columns. A leaked key of this role
-- shows who has subscribed. It can change nothing and read no name.

do $$
begin
  create role kinde_workflow nologin noinherit;
exception
  -- Roles belong to the whole server, so the role may exist already after a reset of the database.
  when duplicate_object or unique_violation then null;
end;
$$;
comment on role kinde_workflow is
  'The Kinde workflow at token generation: reads kinde_id and the two claims of every profile.';

-- The Data API connects as authenticator and becomes the role that the key or token names.
grant kinde_workflow to authenticator;

-- A sign-in waits for this role's statement.
alter role kinde_workflow set statement_timeout = '2s';

grant usage on schema public to kinde_workflow;
-- If the role existed before, default privileges may have given it rights.
revoke all on table public.profiles from kinde_workflow;
revoke all on all sequences in schema public from kinde_workflow;
revoke all on all functions in schema private from kinde_workflow;
revoke all on schema private from kinde_workflow;
grant select (kinde_id, lifetime_subscriber, profile_complete) on table public.profiles to kinde_workflow;

-- No function of schema auth may be called here: on hosted Supabase the role has no right to
-- that schema.
create policy "kinde_workflow reads every profile" on public.profiles
  for select to kinde_workflow
  using (true);
