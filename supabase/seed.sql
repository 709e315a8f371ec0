-- One user for each case. You can run this file again: existing rows stay unchanged.

insert into public.profiles (kinde_id, full_name, company, lifetime_subscriber)
values
  -- complete and subscribed
  ('kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01', 'Ada Lovelace', 'Analytical Engines', true),
  -- complete
  ('kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02', 'Grace Hopper', 'Compilers & Co.', false),
  -- subscribed, but half of the form is empty
  ('kp_2f8d6c4b1a0948e7b6c5d4e3f2a1b003', 'Alan Turing', null, true),
  -- made at the first sign-in, nothing filled in yet
  ('kp_9c7e5a3b1d2f4e608a9b0c1d2e3f4a04', null, null, false),
  -- only blanks typed in: a space, a tab, a no-break space, an ideographic space
  ('kp_4a6c8e0f2b1d4375869fa0b1c2d3e405', E' \t ', E'\u00a0\u3000', false)
on conflict (kinde_id) do nothing;
