-- Every change of a claim goes into a queue, in the transaction of the save. A relay takes the
-- messages and tells Kinde, which otherwise serves the old claims for up to a day.
--
-- The queue is a Supabase Queue (pgmq). Where pgmq is not available, this migration succeeds and
-- saves work as before. Run private.set_up_claim_changes() later to create the queue.

-- The columns that make claims: those that the workflow may read, except kinde_id. So a migration
-- that adds a claim only has to grant its column to the workflow: nothing in this file changes.
create function private.claim_columns() returns name[]
  language sql
  stable
  set search_path = ''
as $$
  select coalesce(array_agg(attname order by attnum), '{}')
  from pg_catalog.pg_attribute
  where attrelid = 'public.profiles'::regclass and attnum > 0 and not attisdropped
    and attname <> 'kinde_id'
    and case
      -- Somebody granted the whole table. The columns that every table has are not claims: otherwise
      -- updated_at would make every save a change.
      when has_table_privilege(to_regrole('kinde_workflow'), attrelid, 'select')
        then attname not in ('id', 'created_at', 'updated_at')
      else has_column_privilege(to_regrole('kinde_workflow'), attrelid, attnum, 'select')
    end;
$$;
comment on function private.claim_columns() is
  'The columns of public.profiles that make claims: those that kinde_workflow may read.';

create function private.are_claim_columns(names name[]) returns boolean
  language sql
  -- It is declared immutable, although it is not, so that it is computed when a statement is planned
  -- and not in every save. A statement that reads a transition table of public.profiles is planned
  -- again after each change of that table's columns or grants, so it never sees an old result.
  immutable
  set search_path = ''
as $$
  select names = private.claim_columns();
$$;
comment on function private.are_claim_columns(name[]) is
  'Whether these are the columns that make claims. Only for statements that read a transition table of public.profiles.';

create function private.has_claim_queue() returns boolean
  language sql
  stable
  set search_path = ''
as $$
  select to_regclass('pgmq.q_claim_changes') is not null;
$$;
comment on function private.has_claim_queue() is 'Whether the queue of claim changes exists.';

-- Waking the relay.

create function private.wake_claim_relay() returns boolean
  language plpgsql
  set search_path = ''
as $$
declare
  endpoint text;
  secret text;
begin
  if to_regprocedure('net.http_post(text,jsonb,jsonb,jsonb,integer)') is null
    or to_regclass('vault.decrypted_secrets') is null
  then
    return false;
  end if;
  begin
    -- As texts, because neither pg_net nor Vault exists everywhere. The function relays for up to 20
    -- seconds before it answers.
    execute $sql$
      select max(decrypted_secret) filter (where name = 'refresh_claims_url'),
        max(decrypted_secret) filter (where name = 'refresh_claims_secret')
      from vault.decrypted_secrets
      where name in ('refresh_claims_url', 'refresh_claims_secret')
    $sql$ into endpoint, secret;
    if endpoint is null or secret is null then
      return false;
    end if;
    execute $sql$
      select net.http_post(url := $1, body := '{}', headers := $2, timeout_milliseconds := 25000)
    $sql$ using endpoint, jsonb_build_object(
      'Content-Type', 'application/json', 'x-refresh-claims-secret', secret
    );
    return true;
  exception when others then
    -- Without the error's text, which may hold the secret.
    raise warning 'The relay of claim changes was not woken (%). The changes are in the queue, and the next sweep wakes the relay.', sqlstate;
    return false;
  end;
end;
$$;
comment on function private.wake_claim_relay() is
  'Asks pg_net to call the edge function refresh-claims, when Vault holds refresh_claims_url and refresh_claims_secret. It never fails.';

-- Sending.

create function private.send_claim_changes(user_ids text[]) returns void
  language plpgsql
  set search_path = ''
as $$
declare
  -- So that a statement that changes a million users does not need the memory for all messages.
  batch_size constant int := 10000;
  messages jsonb[];
  was_sent boolean := false;
begin
  begin
    for first_index in 1 .. coalesce(cardinality(user_ids), 0) by batch_size loop
      select array_agg(jsonb_build_object('kinde_id', user_id)) into messages
      from unnest(user_ids[first_index : first_index + batch_size - 1]) as user_id
      -- Kinde does not know the users of Supabase Auth, whose id is a UUID.
      where user_id ~ '^kp[_:]';
      continue when messages is null;
      perform from pgmq.send_batch('claim_changes', messages);
      was_sent := true;
    end loop;
  exception when others then
    -- A save is worth more than a message: without it, the claims are old for a day at most.
    raise warning 'The changed claims of % users were not queued: % (%). Run "select private.set_up_claim_changes()".',
      cardinality(user_ids), sqlerrm, sqlstate;
    return;
  end;
  if was_sent then
    perform private.wake_claim_relay();
  end if;
end;
$$;
comment on function private.send_claim_changes(text[]) is
  'Puts one message for each user id into the queue and wakes the relay. It never fails.';

-- The triggers' functions. They run with the rights of their owner: who writes a row has no right to
-- use the queue.

create function private.queue_whole_rows() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  user_ids text[];
begin
  if tg_op = 'TRUNCATE' then
    -- There is no transition table, so the trigger runs before the rows are gone.
    select array_agg(kinde_id) into user_ids from public.profiles;
  else
    select array_agg(kinde_id) into user_ids from changed_rows;
  end if;
  if user_ids is not null then
    perform private.send_claim_changes(user_ids);
  end if;
  return null;
end;
$$;
comment on function private.queue_whole_rows() is
  'Trigger: queues a message for each row that was inserted or deleted.';

create function private.claim_comparison() returns text
  language sql
  stable
  set search_path = ''
as $$
  -- *<> compares the stored bytes, so it takes every type, json included, and null.
  select format(
    $sql$select array_agg(new_rows.kinde_id) || array_agg(old_rows.kinde_id) filter (where old_rows.kinde_id <> new_rows.kinde_id) as user_ids
      from old_rows join new_rows using (id)
      where old_rows.kinde_id <> new_rows.kinde_id
        or row(%s)::record operator(pg_catalog.*<>) row(%s)::record$sql$,
    string_agg(format('old_rows.%I', name), ', '), string_agg(format('new_rows.%I', name), ', ')
  )
  from unnest(private.claim_columns()) as name;
$$;
comment on function private.claim_comparison() is
  'The statement that finds the users whose claims or kinde_id an update changed, in the transition tables old_rows and new_rows.';

-- Returns the body of private.queue_updated_claims(). The body holds the comparison with the names
-- of the columns, so that PostgreSQL plans the comparison once for each connection. After a later
-- migration added or dropped a claim, queue_updated_claims() builds the comparison again in every
-- save. This costs a fraction of a millisecond, until private.follow_claim_columns() writes
-- queue_updated_claims() again.
create function private.queue_updated_claims_body() returns text
  language sql
  stable
  set search_path = ''
as $$
  select format(
    $body$
declare
  is_current boolean;
  user_ids text[];
begin
  begin
    select private.are_claim_columns(%L), changed.user_ids
    from (
      %s
    ) as changed
    into is_current, user_ids;
  exception when undefined_column then
    is_current := false;
  end;
  if not is_current then
    execute private.claim_comparison() into user_ids;
  end if;
  if user_ids is not null then
    perform private.send_claim_changes(user_ids);
  end if;
  return null;
end;
$body$,
    private.claim_columns(), private.claim_comparison()
  );
$$;
comment on function private.queue_updated_claims_body() is
  'The body of private.queue_updated_claims() for the columns that make claims now.';

create function private.follow_claim_columns() returns boolean
  language plpgsql
  set search_path = ''
as $$
declare
  body constant text := private.queue_updated_claims_body();
begin
  if body = (
    select prosrc from pg_catalog.pg_proc where oid = to_regprocedure('private.queue_updated_claims()')
  ) then
    return false;
  end if;
  -- Without nested loops: the plan that a connection made for one row is also used for 10,000 rows.
  execute format(
    'create or replace function private.queue_updated_claims() returns trigger
      language plpgsql security definer set search_path = '''' set enable_nestloop = off as %L',
    body
  );
  return true;
end;
$$;
comment on function private.follow_claim_columns() is
  'Writes private.queue_updated_claims() again if the columns that make claims are others. Returns whether it did.';

select private.follow_claim_columns();
comment on function private.queue_updated_claims() is
  'Trigger: queues a message for each row whose claims or kinde_id changed. Written by private.follow_claim_columns().';

-- Sweeping: for wake-ups that were lost, and for messages that wait for their next attempt.

create function private.sweep_claim_changes() returns boolean
  language plpgsql
  set search_path = ''
as $$
declare
  is_waiting boolean;
  was_woken boolean := false;
begin
  if private.has_claim_queue() then
    select exists (select from pgmq.q_claim_changes where vt <= clock_timestamp()) into is_waiting;
    was_woken := is_waiting and private.wake_claim_relay();
  end if;
  perform private.follow_claim_columns();
  return was_woken;
end;
$$;
comment on function private.sweep_claim_changes() is
  'Wakes the relay if a message waits. Run by pg_cron every 10 seconds.';

-- Setting up.

create function private.set_up_claim_changes() returns jsonb
  language plpgsql
  set search_path = ''
as $$
declare
  can_wake constant boolean := to_regprocedure('net.http_post(text,jsonb,jsonb,jsonb,integer)') is not null
    and to_regclass('vault.decrypted_secrets') is not null;
  is_swept boolean := false;
begin
  if to_regnamespace('pgmq') is null
    and exists (select from pg_catalog.pg_available_extensions where name = 'pgmq')
  then
    begin
      create extension pgmq;
    exception when others then
      raise warning 'The extension pgmq could not be created, so changes of claims are not queued: % (%). Enable Queues in the dashboard, then run "select private.set_up_claim_changes()".', sqlerrm, sqlstate;
    end;
  end if;
  if to_regprocedure('pgmq.create(text)') is null then
    return jsonb_build_object('queue', false, 'wake_up', can_wake, 'sweep', false);
  end if;

  perform pgmq.create('claim_changes');
  alter table pgmq.q_claim_changes enable row level security;
  alter table pgmq.a_claim_changes enable row level security;
  revoke all on table pgmq.q_claim_changes, pgmq.a_claim_changes
    from public, anon, authenticated, service_role, kinde_workflow;

  perform private.follow_claim_columns();
  create or replace trigger profiles_queue_inserted
    after insert on public.profiles
    referencing new table as changed_rows
    for each statement execute function private.queue_whole_rows();
  create or replace trigger profiles_queue_deleted
    after delete on public.profiles
    referencing old table as changed_rows
    for each statement execute function private.queue_whole_rows();
  create or replace trigger profiles_queue_truncated
    before truncate on public.profiles
    for each statement execute function private.queue_whole_rows();
  create or replace trigger profiles_queue_updated
    after update on public.profiles
    referencing old table as old_rows new table as new_rows
    for each statement execute function private.queue_updated_claims();

  if can_wake and to_regprocedure('cron.schedule(text,text,text)') is not null then
    begin
      execute $sql$
        select cron.schedule('sweep_claim_changes', '10 seconds', 'select private.sweep_claim_changes()'),
          -- pg_cron keeps a row for each run and deletes none.
          cron.schedule('forget_claim_change_sweeps', '17 3 * * *',
            'delete from cron.job_run_details where end_time < now() - interval ''1 day'' and jobid in (select jobid from cron.job where jobname = ''sweep_claim_changes'')')
      $sql$;
      is_swept := true;
    exception when others then
      -- Intervals of seconds need pg_cron 1.5.
      raise warning 'pg_cron did not take the sweep of claim changes: % (%). Update pg_cron, then run "select private.set_up_claim_changes()".', sqlerrm, sqlstate;
    end;
  end if;
  return jsonb_build_object('queue', true, 'wake_up', can_wake, 'sweep', is_swept);
end;
$$;
comment on function private.set_up_claim_changes() is
  'Creates the queue, the triggers and the sweep, as far as pgmq, pg_net, Vault and pg_cron exist. Returns which of them exist. Run it again when one was added.';

revoke all on function
  private.claim_columns(),
  private.are_claim_columns(name[]),
  private.has_claim_queue(),
  private.wake_claim_relay(),
  private.send_claim_changes(text[]),
  private.queue_whole_rows(),
  private.queue_updated_claims(),
  private.claim_comparison(),
  private.queue_updated_claims_body(),
  private.follow_claim_columns(),
  private.sweep_claim_changes(),
  private.set_up_claim_changes()
  from public, anon, authenticated, service_role, kinde_workflow;

select private.set_up_claim_changes();

-- The functions with which the relay takes and settles messages, and two for operators: one counts
-- messages, one queues the dead ones again. All run with the rights of their owner, so that the
-- queue stays closed to every role of the Data API.

create function public.take_claim_changes(quantity int default 100, hidden_seconds int default 30)
  returns table (message_id bigint, kinde_id text, attempts int, queued_at timestamptz)
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if private.has_claim_queue() then
    return query
      select taken.msg_id, taken.message ->> 'kinde_id', taken.read_ct, taken.enqueued_at
      -- The Data API returns 1000 rows at most. More would be hidden and not returned.
      from pgmq.read('claim_changes', greatest(hidden_seconds, 1), least(greatest(quantity, 1), 1000)) as taken
      order by taken.msg_id;
  end if;
end;
$$;
comment on function public.take_claim_changes(int, int) is
  'Takes messages from the queue of claim changes and hides them for some seconds. A message that is not settled in this time can be taken again; attempts counts how often it was taken.';

create function public.wait_for_claim_changes(
  quantity int default 100, hidden_seconds int default 30, wait_seconds int default 5
)
  returns table (message_id bigint, kinde_id text, attempts int, queued_at timestamptz)
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if private.has_claim_queue() then
    return query
      select taken.msg_id, taken.message ->> 'kinde_id', taken.read_ct, taken.enqueued_at
      from pgmq.read_with_poll(
        'claim_changes', greatest(hidden_seconds, 1), least(greatest(quantity, 1), 1000),
        -- The Data API ends a statement after 8 seconds.
        least(greatest(wait_seconds, 1), 7), 50
      ) as taken
      order by taken.msg_id;
  end if;
end;
$$;
comment on function public.wait_for_claim_changes(int, int, int) is
  'Like take_claim_changes. If no message waits, it returns when one arrives, or after wait_seconds (7 at most) without one.';

create function public.settle_claim_changes(
  done bigint[] default '{}', retry jsonb default '[]', dead bigint[] default '{}'
)
  returns void
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if private.has_claim_queue() then
    perform from pgmq.delete('claim_changes', done);
    perform from jsonb_to_recordset(retry) as again (message_id bigint, after_seconds int)
      cross join lateral pgmq.set_vt('claim_changes', again.message_id, greatest(again.after_seconds, 0));
    perform from pgmq.archive('claim_changes', dead);
  end if;
end;
$$;
comment on function public.settle_claim_changes(bigint[], jsonb, bigint[]) is
  'Settles messages: done are deleted, dead are put aside, and each of retry, {"message_id": 1, "after_seconds": 30}, can be taken again after this time.';

create function public.pending_claim_changes() returns jsonb
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  pending jsonb := '{"available": false, "waiting": 0, "oldest_seconds": null, "hidden": 0, "dead": 0, "oldest_dead_seconds": null}';
begin
  if private.has_claim_queue() then
    select jsonb_build_object(
      'available', true,
      'waiting', count(*) filter (where vt <= clock_timestamp()),
      'oldest_seconds', extract(epoch from clock_timestamp() - min(enqueued_at))::int,
      'hidden', count(*) filter (where vt > clock_timestamp())
    ) into pending
    from pgmq.q_claim_changes;
    select pending || jsonb_build_object(
      'dead', count(*),
      'oldest_dead_seconds', extract(epoch from clock_timestamp() - min(archived_at))::int
    ) into pending
    from pgmq.a_claim_changes;
  end if;
  return pending;
end;
$$;
comment on function public.pending_claim_changes() is
  'Counts the messages that wait, are hidden and are dead. oldest_seconds is the age of the oldest that waits or is hidden, oldest_dead_seconds how long ago the first one died. available is false without pgmq.';

create function public.retry_dead_claim_changes() returns int
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  messages jsonb[];
begin
  if private.has_claim_queue() then
    with revived as (delete from pgmq.a_claim_changes returning msg_id, message)
    select array_agg(message order by msg_id) into messages from revived;
    if messages is not null then
      perform from pgmq.send_batch('claim_changes', messages);
      perform private.wake_claim_relay();
    end if;
  end if;
  return coalesce(cardinality(messages), 0);
end;
$$;
comment on function public.retry_dead_claim_changes() is
  'Puts the dead messages into the queue again, as new ones, and returns how many.';

revoke all on function
  public.take_claim_changes(int, int),
  public.wait_for_claim_changes(int, int, int),
  public.settle_claim_changes(bigint[], jsonb, bigint[]),
  public.pending_claim_changes(),
  public.retry_dead_claim_changes()
  from public, anon, authenticated, service_role, kinde_workflow;
grant execute on function
  public.take_claim_changes(int, int),
  public.wait_for_claim_changes(int, int, int),
  public.settle_claim_changes(bigint[], jsonb, bigint[]),
  public.pending_claim_changes(),
  public.retry_dead_claim_changes()
  to service_role;
