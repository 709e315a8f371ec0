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
select is(pg_temp.begins('a', 2), 'busy', 'another instance cannot claim a claimed event');
select is(pg_temp.begins('a', 1), 'busy', 'the same instance cannot claim a claimed event again');
select is(pg_temp.finishes('a', 1), true, 'the instance with the claim finishes the event');
select is(pg_temp.begins('a', 1), 'done', 'a finished event is done for the instance that finished it');
select is(pg_temp.begins('a', 2), 'done', 'a finished event is done for every other instance');
select is(pg_temp.finishes('a', 2), false, 'an event is finished only once');
select is(pg_temp.abandons('a', 1), false, 'a finished event cannot be abandoned');
select is(pg_temp.begins('a', 2), 'done', 'an event stays done after an attempt to abandon it');
select is(pg_temp.begins('A', 1), 'new', 'an event id in another case is another event');

select is(pg_temp.begins('b', 1), 'new', 'a second event can be claimed');
select is(pg_temp.abandons('b', 2), false, 'an instance without the claim cannot abandon the event');
select is(pg_temp.begins('b', 2), 'busy', 'an event stays busy after an attempt of another instance to abandon it');
select is(pg_temp.abandons('unknown', 1), false, 'an event that was never claimed cannot be abandoned');
select is(pg_temp.abandons('b', 1), true, 'the instance with the claim can abandon the event');
select is(pg_temp.begins('b', 2), 'new', 'an abandoned event can be claimed again');

select is(pg_temp.begins('c', 1), 'new', 'an instance that will crash claims an event');
select pg_temp.ages('c', '59 seconds');
select is(pg_temp.begins('c', 2), 'busy', 'an event is still busy after 59 seconds');
select pg_temp.ages('c', '61 seconds');
select is(pg_temp.begins('c', 2), 'new', 'after 61 seconds another instance can claim the event');
select is(pg_temp.abandons('c', 1), false, 'an instance whose claim expired cannot abandon the event');
select is(pg_temp.begins('c', 3), 'busy', 'the event stays busy for a third instance');
select is(pg_temp.finishes('c', 1), true, 'an instance whose claim expired can still finish the event');

select pg_temp.ages('a', '49 hours');
select is(pg_temp.begins('a', 1), 'done', 'an event is still done after 49 hours');
select pg_temp.ages('a', '51 hours');
select is(pg_temp.begins('d', 1), 'new', 'another event is claimed 51 hours after the first one');
select is(
  (select array_agg(event_id order by event_id) from private.webhook_deliveries),
  array['A', 'b', 'c', 'd'], 'a claim removes events that are older than 50 hours'
);
select throws_ok(
  $$select public.begin_webhook_delivery('', gen_random_uuid())$$, '23514', null,
  'an empty string is not an event id'
);

select * from finish();
rollback;
