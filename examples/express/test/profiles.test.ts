import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalSupabase, startSupabase } from "../../../local/supabase/index.ts";
import { CLAIMS } from "../claims.ts";
import { profileClaims } from "../profileClaims.ts";
import { type AdminProfiles, createAdminProfiles } from "../profiles/adminProfiles.ts";
import { createOpenProfile, type OpenProfile, type OwnProfile } from "../profiles/ownProfile.ts";
import { toProfile } from "../profiles/profile.ts";
import { readOnlyProfile } from "../profiles/readOnlyProfile.ts";
import { ProfileStoreError, TokenNotAcceptedError } from "../profiles/storeError.ts";

/** These tests use a real PostgreSQL and PostgREST, with the migrations and row-level security. */
let supabase: LocalSupabase;
let admin: AdminProfiles;
let openProfile: OpenProfile;
beforeAll(async () => {
  supabase = await startSupabase();
  const { url, secretKey, publishableKey } = supabase;
  admin = createAdminProfiles({ url, secretKey });
  openProfile = createOpenProfile({ url, publishableKey });
});
afterAll(() => supabase?.stop());

let count = 0;
const newUserId = () => `kp_store_${++count}`;
const FORM = { full_name: "Ada Lovelace", company: "Analytical Engines" };

/** A user with a token that Supabase accepts. `sub` differs from the id only if a test sets it. */
async function owner(id = newUserId(), sub = id) {
  return { id, accessToken: await supabase.mintJwt({ sub, role: "authenticated" }) };
}
const profileOf = async (id?: string): Promise<OwnProfile> => openProfile(await owner(id));

describe("a user, with their own token and the publishable key", () => {
  test("has no row at first", async () => {
    expect(await (await profileOf()).read()).toBeNull();
  });

  test("makes an incomplete row without a subscription", async () => {
    const id = newUserId();
    const profile = await profileOf(id);
    await profile.ensure();
    expect(await profile.read()).toEqual({
      kinde_id: id,
      full_name: "",
      company: "",
      ...profileClaims.absent,
    });
  });

  test("does not change a row that exists already", async () => {
    const id = newUserId();
    const profile = await profileOf(id);
    await profile.save(FORM);
    await admin.setLifetimeSubscriber(id, true);
    await profile.ensure();
    expect(await profile.read()).toMatchObject({ ...FORM, lifetime_subscriber: true });
  });

  test("has one row after twenty sign-ins at once", async () => {
    const id = newUserId();
    const profile = await profileOf(id);
    await Promise.all(Array.from({ length: 20 }, () => profile.ensure()));
    expect(await profile.read()).toMatchObject({ kinde_id: id });
  });

  test("saves every form when ten forms and ten sign-ins come at once", async () => {
    const profile = await profileOf();
    const saved = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        await profile.ensure();
        return profile.save({ ...FORM, company: `Company ${index}` });
      }),
    );
    expect(saved.map(({ company }) => company)).toEqual(
      saved.map((_, index) => `Company ${index}`),
    );
  });

  test("saves the form and gets profile_complete as the database has it", async () => {
    const profile = await profileOf();
    await profile.ensure();
    expect(await profile.save(FORM)).toMatchObject({ ...FORM, profile_complete: true });
    const blank = await profile.save({ ...FORM, company: "  " });
    expect(blank.profile_complete).toBe(false);
  });

  test("gets the row by saving the form if the sign-in could not make the row", async () => {
    const id = newUserId();
    expect(await (await profileOf(id)).save(FORM)).toMatchObject({
      kinde_id: id,
      profile_complete: true,
    });
  });

  test("keeps the subscription when the form is saved", async () => {
    const id = newUserId();
    const profile = await profileOf(id);
    await profile.save(FORM);
    await admin.setLifetimeSubscriber(id, true);
    expect(await profile.save(FORM)).toMatchObject({ lifetime_subscriber: true });
  });

  test("cannot reach another user's row: the token decides, not the id that the app sends", async () => {
    const other = newUserId();
    await (await profileOf(other)).save(FORM);
    const stranger = openProfile(await owner(other, newUserId()));
    expect(await stranger.read()).toBeNull();
    await expect(stranger.ensure()).rejects.toThrow("making the profile failed (42501)");
    await expect(stranger.save({ ...FORM, company: "Mine" })).rejects.toThrow(ProfileStoreError);
    expect(await (await profileOf(other)).read()).toMatchObject(FORM);
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
  ])("with the id %s reaches only the row of that id", async (id) => {
    const simple = await profileOf("kp_a");
    await simple.ensure();
    const profile = await profileOf(id);
    await profile.save(FORM);
    expect(await profile.read()).toMatchObject({ kinde_id: id, profile_complete: true });
    expect(await simple.read()).toMatchObject({ profile_complete: false });
    await admin.remove(id);
    expect(await simple.read()).not.toBeNull();
  });

  test("changes no row if the app may only read", async () => {
    const user = await owner();
    const readOnly = readOnlyProfile(openProfile)(user);
    await readOnly.ensure();
    await expect(readOnly.save(FORM)).rejects.toThrow("may only read");
    expect(await readOnly.read()).toBeNull();
    await openProfile(user).save(FORM);
    expect(await readOnly.read()).toMatchObject(FORM);
  });
});

describe("the back office and the webhook, with the secret key", () => {
  test("grant and take back a subscription for users who have a row", async () => {
    const id = newUserId();
    await admin.ensure(id);
    for (const granted of [true, false]) {
      const profile = await admin.setLifetimeSubscriber(id, granted);
      expect(profile).toMatchObject({ lifetime_subscriber: granted });
    }
    expect(await admin.setLifetimeSubscriber("kp_nobody", true)).toBeNull();
  });

  test("make a row once, and leave an existing row as it is", async () => {
    const id = newUserId();
    const profile = await profileOf(id);
    await profile.save(FORM);
    await admin.ensure(id);
    expect(await profile.read()).toMatchObject(FORM);
  });

  test("remove a row, and may do so twice", async () => {
    const id = newUserId();
    await admin.ensure(id);
    await admin.remove(id);
    await admin.remove(id);
    expect(await (await profileOf(id)).read()).toBeNull();
  });

  test("list the latest rows first", async () => {
    const id = newUserId();
    await (await profileOf(id)).save(FORM);
    expect((await admin.latest(1))[0]?.kinde_id).toBe(id);
  });
});

test("a row that does not fit the migrations is refused, and the error names the column", () => {
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
  test("a token that Supabase does not accept is an error that says what to set up", async () => {
    const { id, accessToken } = await owner();
    const foreign = `${accessToken.slice(0, accessToken.lastIndexOf("."))}.c2lnbmF0dXJl`;
    const profile = openProfile({ id, accessToken: foreign });
    for (const action of [profile.ensure, profile.read, () => profile.save(FORM)]) {
      const error = await action().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(TokenNotAcceptedError);
      expect(String(error)).toContain("SUPABASE_ROLE_CLAIM=authenticated");
      expect(String(error)).toContain("docs/supabase-third-party-auth.md");
      expect(String(error)).not.toMatch(/eyJ|kp_\w|Lovelace/);
    }
  });

  test("the error for a token that expired on the way does not ask for a change of the set-up", async () => {
    const id = newUserId();
    const expired = await supabase.mintJwt(
      { sub: id, role: "authenticated" },
      { expiresInSeconds: -60 },
    );
    const error = await openProfile({ id, accessToken: expired })
      .read()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProfileStoreError);
    expect(error).not.toBeInstanceOf(TokenNotAcceptedError);
  });

  test("the error of a wrong secret key does not hold the key, and is not about users' tokens", async () => {
    const secretKey = "sb_secret_wrong";
    const wrong = createAdminProfiles({ url: supabase.url, secretKey });
    const error = await wrong.latest(1).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProfileStoreError);
    expect(error).not.toBeInstanceOf(TokenNotAcceptedError);
    expect(String(error)).not.toContain(secretKey);
  });

  test("every method fails while the Data API is down, and ensure and read work again afterwards", async () => {
    const id = newUserId();
    const profile = await profileOf(id);
    await supabase.postgrest.stop();
    const answers = await Promise.allSettled([
      profile.ensure(),
      profile.read(),
      profile.save(FORM),
      admin.ensure(id),
      admin.setLifetimeSubscriber(id, true),
      admin.remove(id),
      admin.latest(5),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: "rejected", reason: { name: "ProfileStoreError" } });
    }
    await supabase.postgrest.start();
    await profile.ensure();
    expect(await profile.read()).not.toBeNull();
  });
});
