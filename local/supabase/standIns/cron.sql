-- STAND-IN for the extension pg_cron, for local use only. runStandIns.ts runs the jobs whose
-- schedule is "<n> seconds"; a job with a schedule of five fields is kept and never run.

create schema cron;
comment on schema cron is 'Stand-in for the extension pg_cron.';
grant usage on schema cron to postgres;

create table cron.job (
  jobid bigint generated always as identity,
  schedule text not null,
  command text not null,
  username text not null,
  active boolean not null default true,
  jobname text not null,

  constraint job_pkey primary key (jobid),
  constraint jobname_username_uniq unique (jobname, username),
  constraint job_schedule_check check (schedule ~ '^([1-5]?[0-9] seconds|\S+ \S+ \S+ \S+ \S+)$')
);
comment on table cron.job is 'Stand-in: the scheduled jobs.';
grant select on cron.job to postgres;

create table cron.job_run_details (
  jobid bigint,
  runid bigint generated always as identity,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz,

  constraint job_run_details_pkey primary key (runid)
);
comment on table cron.job_run_details is 'Stand-in: one row for each run of a job.';
grant select, delete on cron.job_run_details to postgres;

create function cron.schedule(job_name text, schedule text, command text) returns bigint
  language sql
  security definer
  set search_path = ''
as $$
  insert into cron.job (jobname, schedule, command, username)
  -- The job runs as the role that schedules it, not as the owner of this function.
  values (job_name, schedule, command, coalesce(nullif(current_setting('role'), 'none'), session_user))
  on conflict on constraint jobname_username_uniq do update
    set schedule = excluded.schedule, command = excluded.command
  returning jobid;
$$;
comment on function cron.schedule(text, text, text) is 'Stand-in: schedules a job, or changes the one of that name.';

create function cron.unschedule(job_name text) returns boolean
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  delete from cron.job where jobname = job_name;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_name;
  end if;
  return true;
end;
$$;
comment on function cron.unschedule(text) is 'Stand-in: deletes a job.';

revoke all on all functions in schema cron from public;
grant execute on all functions in schema cron to postgres;
