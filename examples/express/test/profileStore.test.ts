import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalSupabase, startSupabase } from "../../../local/supabase/index.ts";
import { CLAIMS } from "../claims.ts";
import { profileClaims } from "../profileClaims.ts";
import { ProfileStoreError, toProfile } from "../profiles/profile.ts";
import { createProfileStore, type ProfileStore } from "../profiles/profileStore.ts";

/** On a real PostgreSQL and PostgREST, with the project's migrations. */
let supabase: LocalSupabase;
let store: ProfileStore;
beforeAll(async () => {
  supabase = await startSupabase();
  store = createProfileStore({ url: supabase.url, secretKey: supabase.secretKey });
});
afterAll(() => supabase?.stop());

let count = 0;
const newUserId = () => `kp_store_${++count}`;
const FORM = { full_name: "Ada Lovelace", company: "Analytical Engines" };

test("a user without a row is null", async () => {
  expect(await store.read(newUserId())).toBeNull();
});

test("ensuring a row makes an incomplete one without a subscription", async () => {
  const user = newUserId();
  await store.ensure(user);
  expect(await store.read(user)).toEqual({
    kinde_id: user,
    full_name: "",
    company: "",
    ...profileClaims.read({}),
  });
});

test("ensuring a row that is there changes nothing in it", async () => {
  const user = newUserId();
  await store.saveForm(user, FORM);
  await store.setLifetimeSubscriber(user, true);
  await store.ensure(user);
  expect(await store.read(user)).toMatchObject({ ...FORM, lifetime_subscriber: true });
});

test("twenty sign-ins at once make one row", async () => {
  const user = newUserId();
  await Promise.all(Array.from({ length: 20 }, () => store.ensure(user)));
  expect(await store.read(user)).toMatchObject({ kinde_id: user });
});

test("saving the form gives the row with profile_complete as the database sees it", async () => {
  const user = newUserId();
  await store.ensure(user);
  expect(await store.saveForm(user, FORM)).toMatchObject({ ...FORM, profile_complete: true });
  const blank = await store.saveForm(user, { ...FORM, company: "  " });
  expect(blank.profile_complete).toBe(false);
});

test("saving the form makes the row when signing in could not", async () => {
  const user = newUserId();
  expect(await store.saveForm(user, FORM)).toMatchObject({
    kinde_id: user,
    profile_complete: true,
  });
});

test("saving the form leaves the subscription alone", async () => {
  const user = newUserId();
  await store.saveForm(user, FORM);
  await store.setLifetimeSubscriber(user, true);
  expect(await store.saveForm(user, FORM)).toMatchObject({ lifetime_subscriber: true });
});

test("a subscription is granted and taken back; there is none to grant to nobody", async () => {
  const user = newUserId();
  await store.ensure(user);
  expect(await store.setLifetimeSubscriber(user, true)).toMatchObject({
    lifetime_subscriber: true,
  });
  expect(await store.setLifetimeSubscriber(user, false)).toMatchObject({
    lifetime_subscriber: false,
  });
  expect(await store.setLifetimeSubscriber("kp_nobody", true)).toBeNull();
});

test("removing takes the row away, and may be done twice", async () => {
  const user = newUserId();
  await store.ensure(user);
  await store.remove(user);
  await store.remove(user);
  expect(await store.read(user)).toBeNull();
});

test.each([
  "kp_a+b",
  "kp_a;b",
  "kp_a&b=c",
  'kp_"a"',
  "kp_a,b",
  "kp_(a)",
  "kp_é",
  "kp_a.eq.b",
  "kp_*",
])("the id %s is that user's and nobody else's", async (user) => {
  await store.ensure("kp_a");
  await store.saveForm(user, FORM);
  expect(await store.read(user)).toMatchObject({ kinde_id: user, profile_complete: true });
  expect(await store.read("kp_a")).toMatchObject({ profile_complete: false });
  await store.remove(user);
  expect(await store.read("kp_a")).not.toBeNull();
});

test("the latest rows come first", async () => {
  const user = newUserId();
  await store.saveForm(user, FORM);
  expect((await store.latest(1))[0]?.kinde_id).toBe(user);
});

test("a store that may only read changes no row", async () => {
  const user = newUserId();
  const { url, secretKey } = supabase;
  const readOnly = createProfileStore({ url, secretKey, readOnly: true });
  await readOnly.ensure(user);
  await expect(readOnly.saveForm(user, FORM)).rejects.toThrow("may only read");
  await expect(readOnly.setLifetimeSubscriber(user, true)).rejects.toThrow("may only read");
  expect(await store.read(user)).toBeNull();
  await store.saveForm(user, FORM);
  await readOnly.remove(user);
  expect(await readOnly.read(user)).toMatchObject(FORM);
});

test("a row that is not as the migrations make it is refused, and the column is named", () => {
  const claims = profileClaims.read({ profile_complete: true });
  const columns = profileClaims.names.map((name) => [CLAIMS[name].column, claims[name]]);
  const whole = { kinde_id: "kp_a", full_name: null, company: "x", ...Object.fromEntries(columns) };
  const { lifetime_subscriber: _, ...row } = whole;
  expect(() => toProfile({ ...row, lifetime_subscriber: "true" })).toThrow("(lifetime_subscriber)");
  expect(() => toProfile({ ...row, lifetime_subscriber: null })).toThrow("(lifetime_subscriber)");
  expect(() => toProfile(row)).toThrow("(lifetime_subscriber)");
  expect(() => toProfile("row")).toThrow(ProfileStoreError);
  expect(toProfile({ ...whole, more: 1 })).toEqual({
    kinde_id: "kp_a",
    full_name: "",
    company: "x",
    ...claims,
  });
});

describe("when Supabase cannot be used", () => {
  test("a wrong key is an error that holds neither the key nor what was typed", async () => {
    const secretKey = "sb_secret_wrong";
    const wrong = createProfileStore({ url: supabase.url, secretKey });
    const error = await wrong.saveForm(newUserId(), FORM).catch((caught) => caught);
    expect(error).toBeInstanceOf(ProfileStoreError);
    expect(String(error)).not.toContain(secretKey);
    expect(String(error)).not.toContain(FORM.full_name);
  });

  test("every method says so while the database is away, and works again afterwards", async () => {
    const user = newUserId();
    await supabase.postgrest.stop();
    const answers = await Promise.allSettled([
      store.ensure(user),
      store.read(user),
      store.saveForm(user, FORM),
      store.setLifetimeSubscriber(user, true),
      store.remove(user),
      store.latest(5),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: "rejected", reason: { name: "ProfileStoreError" } });
    }
    await supabase.postgrest.start();
    await store.ensure(user);
    expect(await store.read(user)).not.toBeNull();
  });
});
