import { expect, test } from "vitest";
import { profileClaims } from "../profileClaims.ts";
import type { ProfileStore } from "../profiles/profileStore.ts";
import { rejectDeletedUsers, UserDeletedError } from "../profiles/rejectDeletedUsers.ts";

const FORM = { full_name: "Ada Lovelace", company: "Analytical Engines" };
const ADA = "kp_ada";

/** A store in memory, and who was deleted; `during` runs in the middle of a write. */
function world(during: () => void = () => undefined) {
  const rows = new Set<string>();
  const deleted = new Set<string>();
  const write = async (userId: string) => {
    during();
    rows.add(userId);
    return { ...profileClaims.read({ profile_complete: true }), kinde_id: userId, ...FORM };
  };
  const store = {
    ensure: async (userId) => void (await write(userId)),
    saveForm: write,
    remove: async (userId) => void rows.delete(userId),
  } as Partial<ProfileStore> as ProfileStore;
  return { rows, deleted, store: rejectDeletedUsers(store, async (userId) => deleted.has(userId)) };
}

test("everybody else's form is saved, and their row made", async () => {
  const { store, rows } = world();
  await store.ensure(ADA);
  expect(await store.saveForm(ADA, FORM)).toMatchObject(FORM);
  expect(rows).toContain(ADA);
});

test("the form of a user who was deleted is refused, and leaves no row", async () => {
  const { store, rows, deleted } = world();
  deleted.add(ADA);
  await expect(store.saveForm(ADA, FORM)).rejects.toThrow(UserDeletedError);
  expect(rows).not.toContain(ADA);
});

test("a user who is deleted while the form is being saved has no row afterwards", async () => {
  const all = world(() => void all.deleted.add(ADA));
  await expect(all.store.saveForm(ADA, FORM)).rejects.toThrow(UserDeletedError);
  expect(all.rows).not.toContain(ADA);
});

test("a user who was deleted, or is meanwhile, gets no empty row either", async () => {
  const before = world();
  before.deleted.add(ADA);
  await before.store.ensure(ADA);
  const meanwhile = world(() => void meanwhile.deleted.add(ADA));
  await meanwhile.store.ensure(ADA);
  expect([...before.rows, ...meanwhile.rows]).toEqual([]);
});
