-- Which users were deleted. Run by `supabase test db` and, without docker, by `npm test`.
begin;
select plan(13);

create function pg_temp.ages(id text, age interval) returns void
  language sql
as $$
  update private.deleted_users set deleted_at = now() - age where user_id = id;
$$;

select is(public.is_user_deleted('kp_a'), false, 'a user is not deleted');
select public.mark_user_deleted('kp_a');
select is(public.is_user_deleted('kp_a'), true, 'until the app says so');
select is(public.is_user_deleted('kp_A'), false, 'user ids differ in case');
select is(public.is_user_deleted('kp_'), false, 'and are compared as a whole');
select lives_ok($$select public.mark_user_deleted('kp_a')$$, 'a user may be marked again');
select is((select count(*) from private.deleted_users), 1::bigint, 'which adds no row');

select pg_temp.ages('kp_a', '49 hours');
select public.mark_user_deleted('kp_b');
select is(public.is_user_deleted('kp_a'), true, 'a deleted user is remembered for 50 hours');
select pg_temp.ages('kp_a', '51 hours');
select public.mark_user_deleted('kp_c');
select is(public.is_user_deleted('kp_a'), false, 'a later deletion forgets users who were deleted earlier');
select is(public.is_user_deleted('kp_b'), true, 'and no others');

select pg_temp.ages('kp_b', '51 hours');
select public.mark_user_deleted('kp_b');
select public.mark_user_deleted('kp_d');
select is(public.is_user_deleted('kp_b'), true, 'when Kinde sends user.deleted again, the time starts again');

select throws_ok(
  $$select public.mark_user_deleted('')$$, '23514', null, 'the empty text is not the id of a user'
);
select throws_ok(
  $$select public.mark_user_deleted(null)$$, '23502', null, 'null is not the id of a user'
);
select is(public.is_user_deleted(null), false, 'and null is not deleted');

select * from finish();
rollback;
