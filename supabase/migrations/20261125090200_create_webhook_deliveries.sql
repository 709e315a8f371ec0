-- Records which of Kinde's webhook events have been processed, and which users were deleted. The
-- records survive a restart of the app, and all instances of the app share them. Only the secret key
-- reaches them, through five functions.

create table private.webhook_deliveries (
  event_id text collate "C" not null,
  state text not null default 'busy',
  claimed_by uuid not null,
  claimed_at timestamptz not null default now(),
  finished_at timestamptz,

  constraint webhook_deliveries_pkey primary key (event_id),
  constraint webhook_deliveries_event_id_check check (char_length(event_id) between 1 and 200),
  constraint webhook_deliveries_state_check check (state in ('busy', 'done')),
  constraint webhook_deliveries_finished_at_check check ((state = 'done') = (finished_at is not null))
);
-- Finds the oldest rows.
create unique index webhook_deliveries_claimed_at_idx
  on private.webhook_deliveries (claimed_at, event_id);

comment on table private.webhook_deliveries is
  'One row for each webhook event of Kinde in the last 50 hours.';
comment on column private.webhook_deliveries.event_id is
  'The event_id in the signed body of the webhook: the same in every retry.';
comment on column private.webhook_deliveries.state is
  'busy: an instance of the app processes the event. done: the event was processed.';
comment on column private.webhook_deliveries.claimed_by is
  'The instance that processes the event. It chooses its UUID when it starts.';
comment on column private.webhook_deliveries.claimed_at is
  'When the instance claimed the event. The claim expires after 60 seconds, the row after 50 hours.';
comment on column private.webhook_deliveries.finished_at is 'When the event was processed.';

alter table private.webhook_deliveries enable row level security;
create policy "no role reads or writes deliveries but by the functions" on private.webhook_deliveries
  for all to public
  using (false);
revoke all on table private.webhook_deliveries
  from public, anon, authenticated, service_role, kinde_workflow;

-- The functions run with the rights of their owner, so that schema private stays closed to every
-- role of the Data API.

create function public.begin_webhook_delivery(event_id text, claimant uuid) returns text
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  outcome text;
begin
  -- The app refuses events that are older than 48 hours. Two hours more are for clocks that differ.
  -- A few rows at a time keep each call short.
  delete from private.webhook_deliveries as expired
  where expired.event_id in (
    select oldest.event_id from private.webhook_deliveries as oldest
    where oldest.claimed_at < pg_catalog.now() - interval '50 hours'
    order by oldest.claimed_at
    limit 100
    for update skip locked
  );

  insert into private.webhook_deliveries as delivery (event_id, claimed_by)
  values (begin_webhook_delivery.event_id, claimant)
  on conflict on constraint webhook_deliveries_pkey do update
    set claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
    -- The instance that claimed the event has crashed, or it is too slow.
    where delivery.state = 'busy' and delivery.claimed_at < pg_catalog.now() - interval '60 seconds'
  returning 'new' into outcome;
  if outcome is not null then
    return outcome;
  end if;

  select delivery.state into outcome
  from private.webhook_deliveries as delivery
  where delivery.event_id = begin_webhook_delivery.event_id;
  -- The other instance abandoned the event a moment ago. Kinde's next retry finds it free.
  return coalesce(outcome, 'busy');
end;
$$;
comment on function public.begin_webhook_delivery(text, uuid) is
  'Claims a webhook event for one instance of the app. Returns new: process it now; busy: another instance processes it; done: it was processed.';

create function public.finish_webhook_delivery(event_id text, claimant uuid) returns boolean
  language sql
  security definer
  set search_path = ''
as $$
  -- The work is done even if the claim expired and another instance took the event over.
  with finished as (
    insert into private.webhook_deliveries as delivery (event_id, claimed_by, state, finished_at)
    values (finish_webhook_delivery.event_id, claimant, 'done', pg_catalog.now())
    on conflict on constraint webhook_deliveries_pkey do update
      set state = excluded.state, finished_at = excluded.finished_at
      where delivery.state = 'busy'
    returning true
  )
  select exists (select from finished);
$$;
comment on function public.finish_webhook_delivery(text, uuid) is
  'Records that an event was processed. Returns false if that was recorded before.';

create function public.abandon_webhook_delivery(event_id text, claimant uuid) returns boolean
  language sql
  security definer
  set search_path = ''
as $$
  with abandoned as (
    delete from private.webhook_deliveries as delivery
    where delivery.event_id = abandon_webhook_delivery.event_id
      and delivery.claimed_by = claimant and delivery.state = 'busy'
    returning true
  )
  select exists (select from abandoned);
$$;
comment on function public.abandon_webhook_delivery(text, uuid) is
  'Gives up this instance''s claim, so that Kinde''s next retry is processed. Returns false if this instance has no claim on the event.';

revoke all on function
  public.begin_webhook_delivery(text, uuid),
  public.finish_webhook_delivery(text, uuid),
  public.abandon_webhook_delivery(text, uuid)
  from public, anon, authenticated, service_role, kinde_workflow;
grant execute on function
  public.begin_webhook_delivery(text, uuid),
  public.finish_webhook_delivery(text, uuid),
  public.abandon_webhook_delivery(text, uuid)
  to service_role;

-- Deleted users. Kinde does not send events in order: a user.created that comes after user.deleted
-- must not create the profile again.

create table private.deleted_users (
  user_id text collate "C" not null,
  deleted_at timestamptz not null default now(),

  constraint deleted_users_pkey primary key (user_id),
  constraint deleted_users_user_id_check check (char_length(user_id) between 1 and 128)
);
-- Finds the oldest rows.
create unique index deleted_users_deleted_at_idx on private.deleted_users (deleted_at, user_id);

comment on table private.deleted_users is
  'One row for each user who was deleted in Kinde. The row is kept for 50 hours at least.';
comment on column private.deleted_users.user_id is
  'The id of the user in Kinde, as in public.profiles.kinde_id.';
comment on column private.deleted_users.deleted_at is
  'When the app received user.deleted for the last time.';

alter table private.deleted_users enable row level security;
create policy "no role reads or writes deleted users but by the functions" on private.deleted_users
  for all to public
  using (false);
revoke all on table private.deleted_users
  from public, anon, authenticated, service_role, kinde_workflow;

create function public.mark_user_deleted(user_id text) returns void
  language sql
  security definer
  set search_path = ''
as $$
  -- As long as the events: an older user.created is refused by the app.
  delete from private.deleted_users as expired
  where expired.user_id in (
    select oldest.user_id from private.deleted_users as oldest
    where oldest.deleted_at < pg_catalog.now() - interval '50 hours'
      and oldest.user_id <> mark_user_deleted.user_id
    order by oldest.deleted_at
    limit 100
    for update skip locked
  );

  insert into private.deleted_users (user_id)
  values (mark_user_deleted.user_id)
  on conflict on constraint deleted_users_pkey do update set deleted_at = excluded.deleted_at;
$$;
comment on function public.mark_user_deleted(text) is
  'Remembers that a user was deleted in Kinde. It may be called again for the same user.';

create function public.is_user_deleted(user_id text) returns boolean
  language sql
  stable
  security definer
  set search_path = ''
as $$
  select exists (
    select from private.deleted_users as deleted
    where deleted.user_id = is_user_deleted.user_id
  );
$$;
comment on function public.is_user_deleted(text) is
  'Whether the user was deleted in Kinde within the last 50 hours. Ids are never used again, so a longer memory does no harm.';

revoke all on function public.mark_user_deleted(text), public.is_user_deleted(text)
  from public, anon, authenticated, service_role, kinde_workflow;
grant execute on function public.mark_user_deleted(text), public.is_user_deleted(text)
  to service_role;
