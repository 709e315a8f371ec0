-- Which webhook events were processed. Run by `supabase test db` and, without docker, by `npm test`.
begin;
select plan(26);

create function pg_temp.begins(event_id text, claimant int) returns text
  language sql
as $$
  select public.begin_webhook_delivery(event_id, format('00000000-0000-4000-8000-%s', lpad(claimant::text, 12, '0'))::uuid);
$$;
create function pg_temp.finishes(event_id text, claimant int) returns boolean
  language sql
as $$
  select public.finish_webhook_delivery(event_id, format('00000000-0000-4000-8000-%s', lpad(claimant::text, 12, '0'))::uuid);
$$;
create function pg_temp.abandons(event_id text, claimant int) returns boolean
  language sql
as $$
  select public.abandon_webhook_delivery(event_id, format('00000000-0000-4000-8000-%s', lpad(claimant::text, 12, '0'))::uuid);
$$;
create function pg_temp.ages(event text, age interval) returns void
  language sql
as $$
  update private.webhook_deliveries set claimed_at = now() - age where event_id = event;
$$;

select is(pg_temp.begins('a', 1), 'new', 'the first claim of an event is new');
select is(pg_temp.begins('a', 2), 'busy', 'another instance sees that it is busy');
select is(pg_temp.begins('a', 1), 'busy', 'the same instance does, too: a second delivery of the event');
select is(pg_temp.finishes('a', 1), true, 'the work is recorded');
select is(pg_temp.begins('a', 1), 'done', 'afterwards the event is done');
select is(pg_temp.begins('a', 2), 'done', 'for every instance');
select is(pg_temp.finishes('a', 2), false, 'it is finished once');
select is(pg_temp.abandons('a', 1), false, 'what is done cannot be abandoned');
select is(pg_temp.begins('a', 2), 'done', 'so it stays done');
select is(pg_temp.begins('A', 1), 'new', 'event ids differ in case');

select is(pg_temp.begins('b', 1), 'new', 'an event is claimed');
select is(pg_temp.abandons('b', 2), false, 'another instance cannot abandon it');
select is(pg_temp.begins('b', 2), 'busy', 'so it stays busy');
select is(pg_temp.abandons('unknown', 1), false, 'an event that was never claimed cannot be abandoned');
select is(pg_temp.abandons('b', 1), true, 'its own instance can');
select is(pg_temp.begins('b', 2), 'new', 'and the next delivery is processed');

select is(pg_temp.begins('c', 1), 'new', 'an event is claimed by an instance that crashes');
select pg_temp.ages('c', '59 seconds');
select is(pg_temp.begins('c', 2), 'busy', 'for 60 seconds it is busy');
select pg_temp.ages('c', '61 seconds');
select is(pg_temp.begins('c', 2), 'new', 'then another instance takes it over');
select is(pg_temp.abandons('c', 1), false, 'the first instance has no claim any more');
select is(pg_temp.begins('c', 3), 'busy', 'and cannot give the event to a third');
select is(pg_temp.finishes('c', 1), true, 'but work that it did after all is recorded');

select pg_temp.ages('a', '49 hours');
select is(pg_temp.begins('a', 1), 'done', 'an event is remembered for 50 hours');
select pg_temp.ages('a', '51 hours');
select is(pg_temp.begins('d', 1), 'new', 'a later claim');
select is(
  (select array_agg(event_id order by event_id) from private.webhook_deliveries),
  array['A', 'b', 'c', 'd'], 'forgets events that are older'
);
select throws_ok(
  $$select public.begin_webhook_delivery('', gen_random_uuid())$$, '23514', null,
  'the empty text is not the id of an event'
);

select * from finish();
rollback;
