-- The least that the Kinde workflow needs: three columns, to read. A key of this role, if it leaks,
-- tells who has subscribed; it changes nothing and reads no name.

do $$
begin
  create role kinde_workflow nologin noinherit;
exception
  -- Roles belong to the whole server: it may be there from before a reset of the database.
  when duplicate_object or unique_violation then null;
end;
$$;
comment on role kinde_workflow is
  'The Kinde workflow at token generation: reads kinde_id and the two claims of every profile.';

-- The Data API connects as authenticator and becomes the role that the key or token names.
grant kinde_workflow to authenticator;

-- A sign-in is waiting.
alter role kinde_workflow set statement_timeout = '2s';

grant usage on schema public to kinde_workflow;
-- A role that was there before may have got rights by default.
revoke all on table public.profiles from kinde_workflow;
revoke all on all sequences in schema public from kinde_workflow;
revoke all on all functions in schema private from kinde_workflow;
revoke all on schema private from kinde_workflow;
grant select (kinde_id, lifetime_subscriber, profile_complete) on table public.profiles to kinde_workflow;

-- No function of schema auth may be called here: on hosted Supabase the role has no right to it.
create policy "kinde_workflow reads every profile" on public.profiles
  for select to kinde_workflow
  using (true);
