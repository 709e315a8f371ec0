-- The columns and constraints of the table, and its computed values. Run by `supabase test db` and by `npm test`.
begin;
select plan(53);

select has_table('public'::name, 'profiles'::name);
-- The comment on a claim's column begins with "Claim". test/supabase/claims.test.ts compares these columns with the workflow's claims.
select is(
  (select array_agg(attname::text order by attname) from pg_catalog.pg_attribute
   where attrelid = 'public.profiles'::regclass and attnum > 0 and not attisdropped
     and coalesce(pg_catalog.col_description(attrelid, attnum), '') not like 'Claim %'),
  array['company', 'created_at', 'full_name', 'id', 'kinde_id', 'updated_at'],
  'the table has these columns and the columns of the claims'
);
select col_is_pk('public', 'profiles', 'id', 'id is the primary key');
select col_is_unique('public', 'profiles', 'kinde_id', 'a user has one profile');
select col_not_null('public', 'profiles', 'kinde_id', 'a profile belongs to a user');
select col_not_null('public', 'profiles', 'lifetime_subscriber', 'lifetime_subscriber is never null');
select col_default_is('public', 'profiles', 'lifetime_subscriber', 'false', 'a new row has no subscription');
select is(
  (select attgenerated from pg_catalog.pg_attribute
   where attrelid = 'public.profiles'::regclass and attname = 'profile_complete'),
  's', 'profile_complete is generated and stored'
);
select is(
  (select relrowsecurity from pg_catalog.pg_class where oid = 'public.profiles'::regclass),
  true, 'row-level security is on'
);
select is(
  (select array_agg(indexrelid::regclass::text order by indexrelid::regclass::text)
   from pg_catalog.pg_index where indrelid = 'public.profiles'::regclass),
  array['profiles_kinde_id_key', 'profiles_pkey'], 'the table has only the indexes of its two keys'
);

select is(
  (select collname from pg_catalog.pg_attribute join pg_catalog.pg_collation c on c.oid = attcollation
   where attrelid = 'public.profiles'::regclass and attname = 'kinde_id'),
  'C', 'kinde_id is compared byte by byte'
);
select throws_ok(
  format('insert into public.profiles (kinde_id, %I) values (''kp_long'', repeat(''x'', 201))', form_column),
  '23514', null, format('%s holds no more than 200 characters', form_column)
) from unnest(array['full_name', 'company']) as form_column;
select lives_ok(
  'insert into public.profiles (kinde_id, full_name, company)
   values (''kp_long'', repeat(''ü'', 200), repeat(''x'', 200))',
  'both form columns hold 200 characters'
);

select throws_ok(
  format('insert into public.profiles (kinde_id) values (%L)', bad_id),
  '23514', null, format('%s is not a kinde_id', reason)
) from (values
  ('', 'an empty string'),
  ('kp_a b', 'a string with a space'),
  (e'kp_a\n', 'a string with a line break'),
  (e'kp_a\u00a0', 'a string with a no-break space'),
  (e'kp_a\u0007', 'a string with a control character'),
  (e'kp_a\u0085', 'a string with a control character above U+007F'),
  (e'kp_a\u00ad', 'a string with a soft hyphen'),
  (e'kp_a\u200b', 'a string with a zero-width space'),
  (e'kp_a\u3164', 'a string with an invisible letter'),
  (e'kp_a\U000e0001', 'a string with a tag character'),
  (e'kp_a\ufff0', 'a string with an unassigned invisible character'),
  (repeat('x', 129), 'a string of 129 characters')
) as examples (bad_id, reason);
select throws_ok(
  'insert into public.profiles (kinde_id) values (null)', '23502', null, 'null is not a kinde_id'
);
select lives_ok(
  format('insert into public.profiles (kinde_id) values (%L)', good_id), format('%s is a kinde_id', good_id)
) from (values
  ('kp_0123456789abcdef0123456789abcdef'),
  ('kp:0123456789abcdef0123456789abcdef'),
  ('kp_a+b')
) as examples (good_id);
select throws_ok(
  'insert into public.profiles (kinde_id) values (''kp_a+b'')', '23505', null, 'a second row of one user is refused'
);

create function pg_temp.complete(full_name text, company text) returns boolean
  language sql
as $$
  insert into public.profiles (kinde_id, full_name, company)
  values ('kp_form', full_name, company)
  on conflict (kinde_id) do update
    set full_name = excluded.full_name, company = excluded.company
  returning profile_complete;
$$;
select is(pg_temp.complete('Ada', 'AE'), true, 'a form with both columns filled in is complete');
select is(pg_temp.complete('Ada', null), false, 'a form without the second column is not complete');
select is(pg_temp.complete(null, 'AE'), false, 'a form without the first column is not complete');
select is(pg_temp.complete(null, null), false, 'a form with neither column filled in is not complete');
select is(pg_temp.complete('Ada', ''), false, 'a form with an empty column is not complete');
select is(pg_temp.complete('Ada', e' \t\n'), false, 'a column of spaces, tabs and line breaks does not count');
select is(pg_temp.complete('Ada', e'\u00a0\u3000\u200b'), false, 'a column of other Unicode spaces does not count');

select is(pg_temp.complete('Ada', e'\u0007\u0085'), false, 'a column of control characters does not count');
select is(pg_temp.complete('Ada', e'\u00ad\u2800\u3164\ufe0f\U000e0041'), false, 'a column of invisible characters does not count');
select is(pg_temp.complete('Ada', e'\ufff8\U0001bca3\U0001d17a\U000e0fff'), false,
  'a column of format characters does not count');
select is(pg_temp.complete('Ada', e'\u3164x'), true, 'a column with one visible character counts');

select is(
  (select has_function_privilege(role_name, helper, 'execute')
   and not has_function_privilege('anon', helper, 'execute')
   and not has_function_privilege('kinde_workflow', helper, 'execute')),
  true, format('%s can execute %s; anon and the workflow cannot', role_name, helper)
) from unnest(array['authenticated', 'service_role']) as role_name,
  unnest(array['private.has_text(text)', 'private.blank_characters()']) as helper;
select is(
  (select bool_or(has_schema_privilege(role_name, 'private', 'usage'))
   from unnest(array['anon', 'authenticated', 'service_role', 'kinde_workflow']) as role_name),
  false, 'no role of the Data API can use the schema private'
);

update public.profiles set updated_at = '2000-01-01', full_name = 'A' where kinde_id = 'kp_form';
select is(
  (select updated_at from public.profiles where kinde_id = 'kp_form'),
  now(), 'updated_at is the time of the write, also if the statement sets another time'
);
select triggers_are('public', 'profiles', array[
  'profiles_set_updated_at', 'profiles_queue_inserted', 'profiles_queue_updated', 'profiles_queue_deleted',
  'profiles_queue_truncated'
]);
select trigger_is('public', 'profiles', 'profiles_set_updated_at', 'private', 'set_updated_at');
select is(
  (select tgtype from pg_catalog.pg_trigger where tgname = 'profiles_set_updated_at'),
  -- Bits of tgtype: 1 for each row, 2 before, 16 update.
  19::smallint, 'updated_at is set before an update of a row, and at no other time'
);
select is(
  (select bool_or(has_function_privilege(role_name, 'private.set_updated_at()', 'execute'))
   from unnest(array['anon', 'authenticated', 'service_role', 'kinde_workflow']) as role_name),
  false, 'no role may call the trigger''s function'
);
select is(
  (select count(*) from pg_catalog.pg_proc
   where pronamespace = 'private'::regnamespace
     and not coalesce(proconfig @> array['search_path=""'], false)),
  0::bigint, 'every function of the schema has an empty search path'
);

select * from finish();
rollback;
