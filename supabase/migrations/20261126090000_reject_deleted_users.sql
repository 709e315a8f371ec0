-- A token stays valid for up to a day after its user was deleted in Kinde. Without this policy the
-- user could create the profile again with it.

create function private.was_deleted(user_id text) returns boolean
  language sql
  stable
  security definer
  set search_path = ''
as $$
  select exists (
    select from private.deleted_users as deleted where deleted.user_id = was_deleted.user_id
  );
$$;
comment on function private.was_deleted(text) is
  'Whether the user was deleted in Kinde within the last 50 hours. For the policy below: it runs with the rights of the user who writes.';
-- The policy needs the right to execute the function, but no right to use schema private: a user
-- cannot call it.
revoke all on function private.was_deleted(text)
  from public, anon, authenticated, service_role, kinde_workflow;
grant execute on function private.was_deleted(text) to authenticated;

create policy "deleted users create no profile" on public.profiles
  as restrictive
  for insert to authenticated
  with check (not private.was_deleted(kinde_id));
comment on policy "deleted users create no profile" on public.profiles is
  'private.deleted_users is filled by the webhook user.deleted, through public.mark_user_deleted.';
