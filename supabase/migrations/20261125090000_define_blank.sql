-- One definition of a blank text, for the columns of the form and for kinde_id. It replaces the two
-- copies in the first migration, which let some invisible characters through.

create function private.blank_characters() returns text
  language sql
  immutable
  parallel safe
  set search_path = ''
  -- White space and control characters; every code point with Unicode's property
  -- Default_Ignorable_Code_Point; U+2800, a Braille pattern without dots; and U+FFF9 to U+FFFB, which
  -- mark annotations. \s is not used, because its meaning depends on the locale.
  return '\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff';
comment on function private.blank_characters() is
  'White space, control characters and invisible characters, as the inside of a bracket expression of a regular expression.';

-- The bodies below are in the form with "return", which is parsed now and not at each call: whoever
-- writes a row needs the right to execute the functions, but no right to use schema private.
create function private.is_blank(value text) returns boolean
  language sql
  immutable
  parallel safe
  set search_path = ''
  return coalesce(value !~ ('[^' || private.blank_characters() || ']'), true);
comment on function private.is_blank(text) is
  'Whether a text is null, empty, or holds blank characters only. Stored values depend on it: a migration that changes it must compute them again.';

-- It does not call is_blank: PostgreSQL would plan the inner function again for every value, which
-- takes ten times as long.
create or replace function private.has_text(value text) returns boolean
  language sql
  immutable
  parallel safe
  set search_path = ''
  return coalesce(value ~ ('[^' || private.blank_characters() || ']'), false);
comment on function private.has_text(text) is 'The opposite of private.is_blank.';

-- Generated columns and check constraints are computed with the rights of whoever writes the row.
revoke all on function private.blank_characters(), private.is_blank(text)
  from public, anon, authenticated, service_role, kinde_workflow;
grant execute on function private.blank_characters(), private.is_blank(text)
  to authenticated, service_role;

alter table public.profiles
  drop constraint profiles_kinde_id_check,
  add constraint profiles_kinde_id_check check (
    char_length(kinde_id) between 1 and 128 and kinde_id !~ ('[' || private.blank_characters() || ']')
  );

-- Compute profile_complete again where the new definition gives another value. The expression is
-- read from the table, because a project may have added columns to its form.
do $$
declare
  expression constant text := (
    select pg_catalog.pg_get_expr(adbin, adrelid)
    from pg_catalog.pg_attrdef
    join pg_catalog.pg_attribute on attrelid = adrelid and attnum = adnum
    where adrelid = 'public.profiles'::regclass and attname = 'profile_complete'
  );
begin
  execute pg_catalog.format(
    'update public.profiles set full_name = full_name where profile_complete is distinct from (%s)',
    expression
  );
end;
$$;
