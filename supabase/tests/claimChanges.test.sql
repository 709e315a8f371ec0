-- The queue of claim changes. Run by `supabase test db` and, without docker, by `npm test`.
begin;
select plan(60);

delete from public.profiles;
delete from pgmq.q_claim_changes;

-- Returns the users of all messages in the queue, and empties the queue.
create function pg_temp.queued() returns text[]
  language sql
as $$
  with gone as (delete from pgmq.q_claim_changes returning msg_id, message)
  select coalesce(array_agg(message ->> 'kinde_id' order by message ->> 'kinde_id'), '{}') from gone;
$$;
create function pg_temp.pending(key text) returns text
  language sql
as $$
  select public.pending_claim_changes() ->> key;
$$;

-- Which columns make claims.
select set_has(
  'select unnest(private.claim_columns())',
  $$values ('lifetime_subscriber'::name), ('profile_complete')$$,
  'the columns that the workflow reads make the claims'
);
-- A later migration of the project may have added a claim after the trigger's function was written.
do $$ begin perform private.follow_claim_columns(); end $$;
select is(
  private.follow_claim_columns(), false, 'the trigger compares these columns'
);

-- One message for each changed row.
insert into public.profiles (kinde_id, full_name) values ('kp_a', 'A'), ('kp_b', 'B'), ('kp:c', 'C');
select is(pg_temp.queued(), array['kp:c', 'kp_a', 'kp_b'], 'a new row sends a message, also with an id of the older form kp:…');
update public.profiles set lifetime_subscriber = true where kinde_id = 'kp_a';
select is(pg_temp.queued(), array['kp_a'], 'a changed claim sends a message');
update public.profiles set lifetime_subscriber = true;
select is(pg_temp.queued(), array['kp:c', 'kp_b'], 'a statement sends a message for each row that it changes, and no other');
update public.profiles set company = 'X' where kinde_id = 'kp_a';
select is(pg_temp.queued(), array['kp_a'], 'a changed form column that changes a computed claim sends a message');
update public.profiles set company = 'Y', full_name = 'Z' where kinde_id = 'kp_a';
select is(pg_temp.queued(), '{}', 'a save that changes no claim sends nothing');
update public.profiles set lifetime_subscriber = false where kinde_id = 'kp_nobody';
select is(pg_temp.queued(), '{}', 'an update that finds no row sends nothing');
update public.profiles set kinde_id = 'kp_d' where kinde_id = 'kp_a';
select is(pg_temp.queued(), array['kp_a', 'kp_d'], 'a changed id sends a message for the old and the new id');
delete from public.profiles where kinde_id = 'kp_d';
select is(pg_temp.queued(), array['kp_d'], 'a deleted row sends a message');
insert into public.profiles (kinde_id) values ('kp_b') on conflict (kinde_id) do nothing;
select is(pg_temp.queued(), '{}', 'an insert that does nothing because the row exists sends nothing');
insert into public.profiles (kinde_id, lifetime_subscriber) values ('kp_b', false), ('kp_e', true)
on conflict (kinde_id) do update set lifetime_subscriber = excluded.lifetime_subscriber;
select is(pg_temp.queued(), array['kp_b', 'kp_e'], 'an upsert sends a message for each row that it makes or changes');
merge into public.profiles as profile
using (values ('kp_b'), ('kp_e'), ('kp_f')) as wanted (id) on profile.kinde_id = wanted.id
when matched and profile.kinde_id = 'kp_e' then delete
when matched then update set lifetime_subscriber = true
when not matched then insert (kinde_id) values (wanted.id);
select is(pg_temp.queued(), array['kp_b', 'kp_e', 'kp_f'], 'a merge sends a message for each row that it makes, changes or deletes');
insert into public.profiles (kinde_id) values ('a3c1f0de-1b2c-4d3e-8f90-1234567890ab');
update public.profiles set lifetime_subscriber = true where kinde_id !~ '^kp';
select is(pg_temp.queued(), '{}', 'a row with an id of Supabase Auth sends nothing');
update public.profiles set kinde_id = 'kp_g' where kinde_id !~ '^kp';
select is(pg_temp.queued(), array['kp_g'], 'a row whose id becomes an id of Kinde sends a message for this id');

savepoint before;
update public.profiles set lifetime_subscriber = not lifetime_subscriber;
rollback to savepoint before;
select is(pg_temp.queued(), '{}', 'a change that is rolled back sends nothing');
savepoint before;
truncate public.profiles;
select is(pg_temp.queued(), array['kp:c', 'kp_b', 'kp_f', 'kp_g'], 'truncating the table sends a message for each row');
rollback to savepoint before;

insert into public.profiles (kinde_id) select 'kp_many_' || n from generate_series(1, 25001) as n;
select is(cardinality(pg_temp.queued()), 25001, 'an insert may make more rows than one batch holds');
update public.profiles set lifetime_subscriber = true where kinde_id like 'kp_many_%';
select is(cardinality(pg_temp.queued()), 25001, 'an update may change as many rows, also after the connection planned the comparison for one row');
delete from public.profiles where kinde_id like 'kp_many_%';
select is(cardinality(pg_temp.queued()), 25001, 'a delete may delete as many rows');

-- A role that writes profiles needs no rights on the queue.
select set_config('request.jwt.claims', '{"sub": "kp_own"}', true);
set local role authenticated;
insert into public.profiles (kinde_id, full_name) values ('kp_own', 'Own');
update public.profiles set company = 'Own' where kinde_id = 'kp_own';
reset role;
select is(pg_temp.queued(), array['kp_own', 'kp_own'], 'a signed-in user''s saves are queued');
set local role service_role;
update public.profiles set lifetime_subscriber = true where kinde_id = 'kp_own';
reset role;
select is(pg_temp.queued(), array['kp_own'], 'the back office''s saves are queued');
select is(
  (select count(*) from unnest(array['anon', 'authenticated', 'service_role', 'kinde_workflow']) as role_name
   cross join unnest(array['pgmq.q_claim_changes', 'pgmq.a_claim_changes']) as queue
   cross join unnest(array['select', 'insert', 'update', 'delete']) as privilege
   where has_table_privilege(role_name, queue, privilege)),
  0::bigint, 'no role of the Data API reads or writes the queue''s tables'
);
select is(
  (select bool_and(relrowsecurity) from pg_catalog.pg_class
   where oid in ('pgmq.q_claim_changes'::regclass, 'pgmq.a_claim_changes'::regclass)),
  true, 'row-level security is on for the queue''s tables'
);
select is(
  (select array_agg(distinct role_name || ' ' || proname order by role_name || ' ' || proname)
   from pg_catalog.pg_proc
   cross join unnest(array['anon', 'authenticated', 'service_role', 'kinde_workflow']) as role_name
   where (proname like '%\_claim\_changes' or proname ~ 'claim_(relay|queue|columns|comparison)|^queue_')
     and pronamespace in ('public'::regnamespace, 'private'::regnamespace)
     and has_function_privilege(role_name, pg_proc.oid, 'execute')),
  array[
    'service_role pending_claim_changes', 'service_role retry_dead_claim_changes',
    'service_role settle_claim_changes', 'service_role take_claim_changes',
    'service_role wait_for_claim_changes'
  ], 'only service_role may call the five functions of the queue'
);

-- Another claim.
alter table public.profiles add column early_bird boolean not null default false;
update public.profiles set early_bird = true where kinde_id = 'kp_b';
select is(pg_temp.queued(), '{}', 'a column that the workflow may not read makes no claim');
grant select (early_bird) on table public.profiles to kinde_workflow;
update public.profiles set early_bird = false where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b'], 'the grant makes the column a claim, in the same connection');
select is(private.follow_claim_columns(), true, 'follow_claim_columns writes the trigger''s function again');
update public.profiles set early_bird = true where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b'], 'the new trigger function compares the new claim');
update public.profiles set full_name = 'x' where kinde_id = 'kp_b';
select is(pg_temp.queued(), '{}', 'the new trigger function compares no column that is not a claim');
alter table public.profiles add column settings json;
grant select (settings) on table public.profiles to kinde_workflow;
update public.profiles set settings = '{"a": 1}' where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b'], 'a claim''s column may have a type without an equality operator');
alter table public.profiles rename column early_bird to late_bird;
update public.profiles set late_bird = false where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b'], 'a claim''s column may be renamed');
alter table public.profiles drop column late_bird;
select lives_ok($$update public.profiles set full_name = 'y' where kinde_id = 'kp_b'$$, 'a claim''s column may be dropped, and saves still work');
select is(pg_temp.queued(), '{}', 'after the drop, a save that changes no claim sends nothing');
update public.profiles set lifetime_subscriber = not lifetime_subscriber where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b'], 'after the drop, a change of another claim still sends a message');
revoke select (lifetime_subscriber, settings) on table public.profiles from kinde_workflow;
update public.profiles set lifetime_subscriber = not lifetime_subscriber where kinde_id = 'kp_b';
select is(pg_temp.queued(), '{}', 'a column is no longer a claim after the workflow''s right to read it is revoked');
savepoint before;
grant select on table public.profiles to kinde_workflow;
select set_eq(
  'select unnest(private.claim_columns())',
  $$select column_name::name from information_schema.columns
    where table_schema = 'public' and table_name = 'profiles'
      and column_name not in ('id', 'kinde_id', 'created_at', 'updated_at')$$,
  'if the workflow may read the whole table, every column except id, kinde_id, created_at and updated_at is a claim'
);
update public.profiles set full_name = 'z' where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b'], 'a change of such a column sends a message');
update public.profiles set full_name = 'z' where kinde_id = 'kp_b';
select is(pg_temp.queued(), '{}', 'a change of updated_at alone sends nothing');
revoke select on table public.profiles from kinde_workflow;
update public.profiles set kinde_id = 'kp_h', full_name = 'w' where kinde_id = 'kp_b';
select is(pg_temp.queued(), array['kp_b', 'kp_h'], 'when no column is a claim, a changed id still sends a message');
rollback to savepoint before;

-- Taking and settling.
select pg_temp.queued();
delete from public.profiles where kinde_id = 'kp_f';
insert into public.profiles (kinde_id) values ('kp_1'), ('kp_2'), ('kp_3');
create temporary table taken as select * from public.take_claim_changes(quantity => 3);
select is((select array_agg(kinde_id order by message_id) from taken), array['kp_f', 'kp_1', 'kp_2'], 'the oldest messages are taken first');
select is((select array_agg(distinct attempts) from taken), array[1], 'a message that is taken for the first time has 1 attempt');
select is((select bool_and(queued_at > now() - interval '1 minute') from taken), true, 'queued_at is the time of the save');
select is(pg_temp.pending('waiting') || pg_temp.pending('hidden'), '13', 'messages that were taken are hidden');
select public.settle_claim_changes(
  done => (select array_agg(message_id) from taken where kinde_id = 'kp_f'),
  retry => (select jsonb_agg(jsonb_build_object('message_id', message_id, 'after_seconds', 0)) from taken where kinde_id = 'kp_1'),
  dead => (select array_agg(message_id) from taken where kinde_id = 'kp_2')
);
select is(pg_temp.pending('waiting') || pg_temp.pending('hidden') || pg_temp.pending('dead'), '201', 'a message is deleted, waits again, or is dead');
select is(
  (select array_agg(kinde_id || ' ' || attempts order by message_id) from public.take_claim_changes(hidden_seconds => 60)),
  array['kp_1 2', 'kp_3 1'], 'a message that is taken again has 2 attempts'
);
select is((select count(*) from public.take_claim_changes()), 0::bigint, 'messages that are hidden are not taken again');
update pgmq.q_claim_changes set enqueued_at = now() - interval '10 minutes' where message ->> 'kinde_id' = 'kp_1';
update pgmq.a_claim_changes set archived_at = now() - interval '20 minutes';
select is(pg_temp.pending('oldest_seconds')::int / 100, 6, 'the age of the oldest message is known, also while it is hidden');
select is(pg_temp.pending('oldest_dead_seconds')::int / 100, 12, 'oldest_dead_seconds says how long ago the first message became dead');
select public.settle_claim_changes();
select is(pg_temp.pending('hidden') || pg_temp.pending('dead'), '21', 'settling without arguments changes nothing');
select public.settle_claim_changes(done => array[999999999], dead => array[999999999], retry => '[{"message_id": 999999999, "after_seconds": 1}]');
select is(pg_temp.pending('hidden') || pg_temp.pending('dead'), '21', 'settling a message that does not exist changes nothing');
select is(public.retry_dead_claim_changes(), 1, 'retry_dead_claim_changes queues the dead messages again');
select is(
  (select array_agg(kinde_id || ' ' || attempts) from public.take_claim_changes()),
  array['kp_2 1'], 'a dead message that is queued again starts with no attempts'
);
select is(public.retry_dead_claim_changes(), 0, 'a dead message is queued again only once');
select is((select count(*) from public.take_claim_changes(quantity => 0)), 0::bigint, 'a quantity of 0 causes no error when no message waits');
insert into public.profiles (kinde_id) select 'kp_crowd_' || n from generate_series(1, 1100) as n;
select is((select count(*) from public.take_claim_changes(quantity => 5000)), 1000::bigint, 'at most 1000 messages are taken, because the Data API returns no more rows');

-- Without a queue.
select pg_temp.queued();
select pgmq.drop_queue('claim_changes');
set local client_min_messages = error;
select lives_ok($$update public.profiles set kinde_id = 'kp_lost' where kinde_id = 'kp_own'$$, 'a save works when the queue is gone');
select is(
  public.pending_claim_changes(),
  '{"available": false, "waiting": 0, "oldest_seconds": null, "hidden": 0, "dead": 0, "oldest_dead_seconds": null}',
  'pending_claim_changes says that the queue is gone'
);
select is(private.set_up_claim_changes() ->> 'queue', 'true', 'set_up_claim_changes makes the queue again');
update public.profiles set kinde_id = 'kp_own' where kinde_id = 'kp_lost';
select is(pg_temp.queued(), array['kp_lost', 'kp_own'], 'the new queue receives messages');

select * from finish();
rollback;
