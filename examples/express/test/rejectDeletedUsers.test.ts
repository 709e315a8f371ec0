import { expect, test } from "vitest";
import { profileClaims } from "../profileClaims.ts";
import type { OpenProfile } from "../profiles/ownProfile.ts";
import { rejectDeletedUsers, UserDeletedError } from "../profiles/rejectDeletedUsers.ts";

const FORM = { full_name: "Ada Lovelace", company: "Analytical Engines" };
const ADA = { id: "kp_ada", accessToken: "token" };

/** Rows in memory, and the users who were deleted. `during` runs in the middle of a write. */
function world(during: () => void = () => undefined) {
  const rows = new Set<string>();
  const deleted = new Set<string>();
  const openProfile: OpenProfile = ({ id }) => {
    const write = async () => {
      during();
      rows.add(id);
      return { ...profileClaims.absent, profile_complete: true, kinde_id: id, ...FORM };
    };
    return { read: async () => null, ensure: async () => void (await write()), save: write };
  };
  const profile = rejectDeletedUsers(openProfile, {
    isUserDeleted: async (id) => deleted.has(id),
    remove: async (id) => void rows.delete(id),
  })(ADA);
  return { rows, deleted, profile };
}

test("the form of a user who was not deleted is saved, and the row is made", async () => {
  const { profile, rows } = world();
  await profile.ensure();
  expect(await profile.save(FORM)).toMatchObject(FORM);
  expect(rows).toContain(ADA.id);
});

test("the form of a user who was deleted is refused, and leaves no row", async () => {
  const { profile, rows, deleted } = world();
  deleted.add(ADA.id);
  await expect(profile.save(FORM)).rejects.toThrow(UserDeletedError);
  expect(rows).not.toContain(ADA.id);
});

test("a user who is deleted while the form is being saved has no row afterwards", async () => {
  const all = world(() => void all.deleted.add(ADA.id));
  await expect(all.profile.save(FORM)).rejects.toThrow(UserDeletedError);
  expect(all.rows).not.toContain(ADA.id);
});

test("the sign-in makes no row for a user who is deleted before or during it", async () => {
  const before = world();
  before.deleted.add(ADA.id);
  await before.profile.ensure();
  const meanwhile = world(() => void meanwhile.deleted.add(ADA.id));
  await meanwhile.profile.ensure();
  expect([...before.rows, ...meanwhile.rows]).toEqual([]);
});
