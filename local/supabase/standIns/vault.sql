-- STAND-IN for Supabase Vault, for local use only. THE SECRETS ARE NOT ENCRYPTED.

create schema vault;
comment on schema vault is 'Stand-in for Supabase Vault. The secrets are not encrypted.';
grant usage on schema vault to postgres;

create table vault.secrets (
  id uuid not null default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  constraint secrets_pkey primary key (id),
  constraint secrets_name_key unique (name)
);
comment on table vault.secrets is 'Stand-in: the secrets, as plain text.';
grant select, delete on vault.secrets to postgres;

create view vault.decrypted_secrets as
  select id, name, description, secret, secret as decrypted_secret, created_at, updated_at
  from vault.secrets;
comment on view vault.decrypted_secrets is 'Stand-in: the secrets, as plain text.';
grant select on vault.decrypted_secrets to postgres;

create function vault.create_secret(new_secret text, new_name text default null, new_description text default '')
  returns uuid
  language sql
  security definer
  set search_path = ''
as $$
  insert into vault.secrets (secret, name, description)
  values (new_secret, new_name, new_description)
  returning id;
$$;
comment on function vault.create_secret(text, text, text) is 'Stand-in: stores a secret. Its name must be new.';

create function vault.update_secret(
  secret_id uuid, new_secret text default null, new_name text default null, new_description text default null
)
  returns void
  language sql
  security definer
  set search_path = ''
as $$
  update vault.secrets
  set secret = coalesce(new_secret, secret), name = coalesce(new_name, name),
    description = coalesce(new_description, description), updated_at = now()
  where id = secret_id;
$$;
comment on function vault.update_secret(uuid, text, text, text) is 'Stand-in: changes a secret.';

revoke all on all functions in schema vault from public;
grant execute on all functions in schema vault to postgres;
