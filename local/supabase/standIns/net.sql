-- STAND-IN for the extension pg_net, for local use only. It has one function of pg_net, the
-- queue of requests and the table of responses. runStandIns.ts sends the requests, where the real
-- extension has a background worker.

create schema net;
comment on schema net is 'Stand-in for the extension pg_net.';
grant usage on schema net to postgres;

create unlogged table net.http_request_queue (
  id bigint generated always as identity,
  method text not null,
  url text not null,
  headers jsonb not null,
  body text not null,
  timeout_milliseconds int not null,

  constraint http_request_queue_pkey primary key (id)
);
comment on table net.http_request_queue is 'Stand-in: requests that were not sent yet.';

create unlogged table net._http_response (
  id bigint,
  status_code int,
  content text,
  timed_out boolean not null default false,
  error_msg text,
  created timestamptz not null default now()
);
comment on table net._http_response is 'Stand-in: one row for each request that was sent.';
grant select, delete on net._http_response to postgres;

-- With the parameters and defaults of pg_net 0.19. Like the real function, it runs with the rights
-- of its owner, and the request is sent after the commit: PostgreSQL delivers a notification after
-- the commit, and once for each transaction.
create function net.http_post(
  url text,
  body jsonb default '{}',
  params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}',
  timeout_milliseconds int default 5000
)
  returns bigint
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  request_id bigint;
  query constant text := (select string_agg(key || '=' || value, '&') from jsonb_each_text(params));
begin
  insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
  values ('POST', http_post.url || coalesce('?' || query, ''), headers, body::text, timeout_milliseconds)
  returning id into request_id;
  notify local_net;
  return request_id;
end;
$$;
comment on function net.http_post(text, jsonb, jsonb, jsonb, int) is
  'Stand-in: queues a request that is sent after the commit. It is tried once.';
revoke all on function net.http_post(text, jsonb, jsonb, jsonb, int) from public;
grant execute on function net.http_post(text, jsonb, jsonb, jsonb, int) to postgres;
