-- Which users were deleted. Run by `supabase test db` and, without docker, by `npm test`.
begin;
select plan(13);

create function pg_temp.ages(id text, age interval) returns void
  language sql
as $$
  update private.deleted_users set deleted_at = now() - age where user_id = id;
$$;

select is(public.is_user_deleted('kp_a'), false, 'a user without a mark is not deleted');
select public.mark_user_deleted('kp_a');
select is(public.is_user_deleted('kp_a'), true, 'a user is deleted after the app marked the user');
select is(public.is_user_deleted('kp_A'), false, 'a user id in another case is another user');
select is(public.is_user_deleted('kp_'), false, 'the beginning of a deleted user''s id is another user');
select lives_ok($$select public.mark_user_deleted('kp_a')$$, 'a deleted user may be marked again');
select is((select count(*) from private.deleted_users), 1::bigint, 'marking a user again adds no row');

select pg_temp.ages('kp_a', '49 hours');
select public.mark_user_deleted('kp_b');
select is(public.is_user_deleted('kp_a'), true, 'a user is still deleted after 49 hours');
select pg_temp.ages('kp_a', '51 hours');
select public.mark_user_deleted('kp_c');
select is(public.is_user_deleted('kp_a'), false, 'a later mark removes users who were marked more than 50 hours ago');
select is(public.is_user_deleted('kp_b'), true, 'a later mark keeps the users of the last 50 hours');

select pg_temp.ages('kp_b', '51 hours');
select public.mark_user_deleted('kp_b');
select public.mark_user_deleted('kp_d');
select is(public.is_user_deleted('kp_b'), true, 'marking a user again starts the 50 hours again');

select throws_ok(
  $$select public.mark_user_deleted('')$$, '23514', null, 'an empty string is not a user id'
);
select throws_ok(
  $$select public.mark_user_deleted(null)$$, '23502', null, 'null is not a user id'
);
select is(public.is_user_deleted(null), false, 'is_user_deleted(null) is false');

select * from finish();
rollback;
