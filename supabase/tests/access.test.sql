-- Who may do what. Run by `supabase test db` and, without docker, by `npm test`.
begin;
select plan(114);

-- Allows postgres to switch to each role. The transaction is rolled back at the end.
grant kinde_workflow to postgres;

delete from public.profiles;
insert into public.profiles (kinde_id, full_name, company)
values ('kp_own', 'Own', 'Own Ltd'), ('kp_other', 'Other', 'Other Ltd');
-- The subject of a Supabase Auth user, of an older Kinde account, and others.
create temporary table subjects (sub text not null, is_kinde boolean not null);
insert into subjects values
  ('a3c1f0de-1b2c-4d3e-8f90-1234567890ab', false), ('x', false), ('KP_upper', false),
  ('kp', false), ('x_kp_', false), ('kp:old', true);

-- Runs a statement as a role, with or without a user's token. Returns how many rows it read or wrote,
-- or the code of the error, and undoes its writes.
create function pg_temp.outcome(role_name text, sub text, statement text) returns text
  language plpgsql
as $$
declare
  affected bigint;
begin
  perform set_config(
    'request.jwt.claims',
    json_build_object('role', role_name, 'sub', sub)::text,
    true
  );
  execute format('set local role %I', role_name);
  execute statement;
  get diagnostics affected = row_count;
  raise exception using errcode = 'UNDO0', message = affected;
exception
  when sqlstate 'UNDO0' then return sqlerrm;
  when others then return sqlstate;
end;
$$;

create function pg_temp.reads(role_name text, sub text, columns text) returns text
  language sql
as $$
  select pg_temp.outcome(role_name, sub, format('select %s from public.profiles', columns));
$$;

-- anon: nothing.
select is(pg_temp.reads('anon', null, '*'), '42501', 'anon reads nothing');
select is(pg_temp.reads('anon', null, 'kinde_id'), '42501', 'anon cannot read kinde_id alone');
select is(
  pg_temp.outcome('anon', null, 'insert into public.profiles (kinde_id) values (''kp_new'')'),
  '42501', 'anon creates nothing'
);
select is(
  pg_temp.outcome('anon', null, 'update public.profiles set lifetime_subscriber = true'),
  '42501', 'anon grants no subscription'
);
select is(pg_temp.outcome('anon', null, 'delete from public.profiles'), '42501', 'anon deletes nothing');

-- authenticated: the own row, the columns of the form.
select is(pg_temp.reads('authenticated', 'kp_own', '*'), '1', 'a user reads the own row');
select is(pg_temp.reads('authenticated', 'kp_new', '*'), '0', 'a user without a row reads nothing');
select is(pg_temp.reads('authenticated', null, '*'), '0', 'a token without sub reads nothing');
select is(
  pg_temp.outcome('authenticated', 'kp_new',
    'insert into public.profiles (kinde_id, full_name) values (''kp_new'', ''New'')'),
  '1', 'a user creates the own row'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own',
    'insert into public.profiles (kinde_id) values (''kp_new'')'),
  '42501', 'a user cannot create a row for another user'
);
select is(
  pg_temp.outcome('authenticated', null,
    'insert into public.profiles (kinde_id) values (''kp_new'')'),
  '42501', 'a token without sub creates nothing'
);
select is(
  pg_temp.outcome('authenticated', 'kp_new',
    'insert into public.profiles (kinde_id, lifetime_subscriber) values (''kp_new'', true)'),
  '42501', 'a user cannot create a row with a subscription'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own',
    'update public.profiles set full_name = ''A'', company = ''B'''),
  '1', 'a user edits only the form of the own row'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own',
    'update public.profiles set full_name = ''A'' where kinde_id = ''kp_other'''),
  '0', 'a user cannot edit the row of another user'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own', 'update public.profiles set lifetime_subscriber = true'),
  '42501', 'a user grants no subscription'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own', 'update public.profiles set kinde_id = ''kp_new'''),
  '42501', 'a user cannot change the own kinde_id'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own', 'update public.profiles set updated_at = now()'),
  '42501', 'a user cannot write updated_at'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own', 'delete from public.profiles'),
  '42501', 'a user deletes nothing'
);
select is(
  pg_temp.outcome('authenticated', 'kp_own', 'truncate public.profiles'),
  '42501', 'a user cannot truncate the table'
);

-- authenticated, by the kind of subject: only a subject of Kinde owns a row.
select is(
  pg_temp.outcome('authenticated', sub,
    format('insert into public.profiles (kinde_id) values (%L)', sub)),
  case when is_kinde then '1' else '42501' end,
  format('the subject %s creates the own row: %s', sub, is_kinde)
) from subjects;
insert into public.profiles (kinde_id) select sub from subjects;
select is(
  pg_temp.reads('authenticated', sub, '*'),
  case when is_kinde then '1' else '0' end,
  format('the subject %s reads the own row: %s', sub, is_kinde)
) from subjects;
select is(
  pg_temp.outcome('authenticated', sub, 'update public.profiles set full_name = null'),
  case when is_kinde then '1' else '0' end,
  format('the subject %s edits the own row: %s', sub, is_kinde)
) from subjects;
delete from public.profiles where kinde_id in (select sub from subjects);

-- kinde_workflow: three columns, to read.
select is(
  pg_temp.reads('kinde_workflow', null, 'kinde_id, lifetime_subscriber, profile_complete'),
  '2', 'the workflow reads the claims of every profile'
);
select is(pg_temp.reads('kinde_workflow', null, '*'), '42501', 'the workflow cannot read all columns');
select is(pg_temp.reads('kinde_workflow', null, 'full_name'), '42501', 'the workflow reads no name');
select is(pg_temp.reads('kinde_workflow', null, 'company'), '42501', 'the workflow reads no company');
select is(
  pg_temp.outcome('kinde_workflow', null,
    'select kinde_id from public.profiles where full_name = ''Own'''),
  '42501', 'the workflow cannot filter by name'
);
select is(
  pg_temp.outcome('kinde_workflow', null, 'insert into public.profiles (kinde_id) values (''kp_new'')'),
  '42501', 'the workflow creates nothing'
);
select is(
  pg_temp.outcome('kinde_workflow', null, 'update public.profiles set lifetime_subscriber = true'),
  '42501', 'the workflow grants no subscription'
);
select is(
  pg_temp.outcome('kinde_workflow', null, 'delete from public.profiles'),
  '42501', 'the workflow deletes nothing'
);
select isnt_member_of('kinde_workflow', array['anon', 'authenticated', 'service_role'],
  'the workflow''s role is not a member of the others');
select is(
  (select rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit
   from pg_catalog.pg_roles where rolname = 'kinde_workflow'),
  false, 'the workflow''s role is not a superuser and has no other special attribute'
);
select is(
  (select setconfig from pg_catalog.pg_db_role_setting
   join pg_catalog.pg_roles on pg_roles.oid = setrole
   where rolname = 'kinde_workflow' and setdatabase = 0),
  array['statement_timeout=2s'], 'the workflow''s statements are cut off after two seconds'
);
select is_member_of('kinde_workflow', 'authenticator', 'the Data API can become the workflow''s role');

-- service_role: the back office.
select is(pg_temp.reads('service_role', null, '*'), '2', 'the back office reads everything');
select is(
  pg_temp.outcome('service_role', null, 'update public.profiles set lifetime_subscriber = true'),
  '2', 'the back office grants subscriptions'
);
select is(
  pg_temp.outcome('service_role', null,
    'insert into public.profiles (kinde_id, full_name) values (''kp_new'', ''New'')'),
  '1', 'the back office creates profiles'
);
select is(
  pg_temp.outcome('service_role', null, 'delete from public.profiles'),
  '2', 'the back office deletes profiles'
);
select is(
  pg_temp.outcome('service_role', null, 'truncate public.profiles'),
  '42501', 'the back office cannot truncate the table'
);

-- profile_complete: no role writes it.
select is(
  pg_temp.outcome(role_name, 'kp_own', 'update public.profiles set profile_complete = true'),
  '428C9', format('%s does not forge profile_complete', role_name)
) from unnest(array['anon', 'authenticated', 'kinde_workflow', 'service_role', 'postgres']) as role_name;

-- The resulting privileges, column by column.
select table_privs_are('public', 'profiles', 'anon', array[]::text[], 'anon: no right on the table');
select table_privs_are('public', 'profiles', 'authenticated', array['SELECT'],
  'authenticated: select on the table, other rights only on columns');
select table_privs_are('public', 'profiles', 'kinde_workflow', array[]::text[],
  'kinde_workflow: no right on the whole table, only on columns');
select table_privs_are('public', 'profiles', 'service_role',
  array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], 'service_role: no truncate, references or trigger');
select sequence_privs_are('public', 'profiles_id_seq', role_name, array[]::text[],
  format('%s: no right on the sequence', role_name))
from unnest(array['anon', 'authenticated', 'kinde_workflow', 'service_role']) as role_name;
select policies_are('public', 'profiles', array[
  'users read their own profile',
  'users create their own profile',
  'users edit their own profile',
  'kinde_workflow reads every profile',
  'deleted users create no profile'
]);
select policy_cmd_is('public', 'profiles', policy::name, command, format('%s: the policy is for the command %s', policy, command)) from (values
  ('users read their own profile', 'select'),
  ('users create their own profile', 'insert'),
  ('users edit their own profile', 'update'),
  ('kinde_workflow reads every profile', 'select'),
  ('deleted users create no profile', 'insert')
) as policies (policy, command);
select policy_roles_are('public', 'profiles', policy::name, array[role_name], format('%s: the policy is for the role %s', policy, role_name)) from (values
  ('users read their own profile', 'authenticated'),
  ('users create their own profile', 'authenticated'),
  ('users edit their own profile', 'authenticated'),
  ('kinde_workflow reads every profile', 'kinde_workflow'),
  ('deleted users create no profile', 'authenticated')
) as policies (policy, role_name);
-- The policies call auth.jwt() in a subselect, which is evaluated once in each statement. Some
-- versions of PostgreSQL show the subselect with a column name (AS jwt).
select is(
  (select row(replace(qual, ' AS jwt', ''), replace(with_check, ' AS jwt', ''))::text
   from pg_catalog.pg_policies
   where schemaname = 'public' and tablename = 'profiles' and policyname = policy),
  row(using_text, check_text)::text, format('%s: the policy has exactly this condition', policy)
) from (
  select policy, case when has_using then own end, case when has_check then own end
  from (values
    ('users read their own profile', true, false),
    ('users create their own profile', false, true),
    ('users edit their own profile', true, true)
  ) as policies (policy, has_using, has_check),
  (values (
    '((kinde_id = (( SELECT auth.jwt()) ->> ''sub''::text)) AND (kinde_id ~ ''^kp[_:]''::text))'
  )) as conditions (own)
) as policies (policy, using_text, check_text);
select isnt(
  (select pg_catalog.obj_description(oid, 'pg_policy') from pg_catalog.pg_policy
   where polrelid = 'public.profiles'::regclass and polname = policy),
  null, format('%s: the policy has a comment', policy)
) from unnest(array[
  'users read their own profile', 'users create their own profile', 'users edit their own profile'
]) as policy;
select is(
  (select array_agg(policyname::text) from pg_catalog.pg_policies
   where schemaname = 'public' and tablename = 'profiles' and permissive <> 'PERMISSIVE'),
  array['deleted users create no profile'], 'only the policy about deleted users is restrictive'
);
select is(
  (select array_agg(attname::text order by attname) from pg_catalog.pg_attribute
   where attrelid = 'public.profiles'::regclass and attnum > 0 and not attisdropped
     and has_column_privilege('kinde_workflow', attrelid, attnum, 'select, insert, update, references')),
  (select array_agg(attname::text order by attname) from pg_catalog.pg_attribute
   where attrelid = 'public.profiles'::regclass and attnum > 0 and not attisdropped
     and (attname = 'kinde_id' or pg_catalog.col_description(attrelid, attnum) like 'Claim %')),
  'kinde_workflow: a right on kinde_id and the columns of the claims'
);

-- The deliveries of webhooks: by three functions, with the secret key only.
select is(
  pg_temp.outcome(role_name, 'kp_own',
    format('select public.%s_webhook_delivery(''event_1'', gen_random_uuid())', verb)),
  case role_name when 'service_role' then '1' else '42501' end,
  format('%s may %s a delivery: %s', role_name, verb, role_name = 'service_role')
) from unnest(array['anon', 'authenticated', 'kinde_workflow', 'service_role']) as role_name,
  unnest(array['begin', 'finish', 'abandon']) as verb;
select table_privs_are('private', 'webhook_deliveries', role_name, array[]::text[],
  format('%s: no right on the table of deliveries', role_name))
from unnest(array['anon', 'authenticated', 'kinde_workflow', 'service_role']) as role_name;

-- The deleted users: by two functions, with the secret key only.
select is(
  pg_temp.outcome(role_name, 'kp_own', format('select public.%s(''kp_own'')', name)),
  case role_name when 'service_role' then '1' else '42501' end,
  format('%s may call %s: %s', role_name, name, role_name = 'service_role')
) from unnest(array['anon', 'authenticated', 'kinde_workflow', 'service_role']) as role_name,
  unnest(array['mark_user_deleted', 'is_user_deleted']) as name;
select table_privs_are('private', 'deleted_users', role_name, array[]::text[],
  format('%s: no right on the table of deleted users', role_name))
from unnest(array['anon', 'authenticated', 'kinde_workflow', 'service_role']) as role_name;

select * from finish();
rollback;
