-- What a Supabase project has before migration 1, as far as a Data API needs it.
-- Run once, as the superuser supabase_admin. As on hosted Supabase, the role postgres, which runs
-- the migrations, is not a superuser. So a migration that works here also has the rights that it
-- needs there.

create role postgres login createrole createdb replication bypassrls;
alter database postgres owner to postgres;

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator to postgres with admin option;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';

grant all on schema public to postgres;
grant usage on schema public to anon, authenticated, service_role;

create schema extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role;
alter role postgres set search_path = "$user", public, extensions;

-- The token's claims, as PostgREST sets them for each request. On hosted Supabase only these four
-- roles may use the schema: a policy for any other role must not call its functions.
create schema auth;
grant usage on schema auth to postgres, anon, authenticated, service_role;

create function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;

create function auth.role() returns text language sql stable as $$
  select auth.jwt() ->> 'role'
$$;

create function auth.uid() returns uuid language sql stable as $$
  select (auth.jwt() ->> 'sub')::uuid
$$;

-- Hosted Supabase notifies PostgREST of every change of the schema in the same way.
create function extensions.reload_postgrest_schema() returns event_trigger language plpgsql as $$
begin
  notify pgrst, 'reload schema';
end
$$;
create event trigger reload_postgrest_schema_after_ddl
  on ddl_command_end execute function extensions.reload_postgrest_schema();
create event trigger reload_postgrest_schema_after_drop
  on sql_drop execute function extensions.reload_postgrest_schema();
