import { createKinde } from "kinde-local";
import { afterAll, describe, expect, test } from "vitest";
import { useStack } from "../supabase/support/stack.ts";
import { markedBlock } from "../support/markedBlock.ts";
import { ROOT } from "./support/files.ts";

const stack = useStack();
const kinde = createKinde({ project: ROOT });
afterAll(() => kinde.close());

const sql = markedBlock("README.md", "make and grant a row");
const PLACEHOLDER = "<your user id, kp_…>";

/** The claims that the workflow writes with an ordinary secret key, as the README sets it up. */
async function claimsOf(user: string) {
  const { url, secretKey } = stack.supabase;
  const run = await kinde.run({
    user,
    env: { SUPABASE_URL: url, SUPABASE_SECRET_KEY: { value: secretKey, isSecret: true } },
  });
  return run.claims.accessToken;
}

describe("the README's SQL for the first sign-in", () => {
  test("creates a row that makes both claims true in the token", async () => {
    const user = "kp_00112233445566778899aabbccddeeff";
    expect(await claimsOf(user)).toMatchObject({
      lifetime_subscriber: false,
      profile_complete: false,
    });
    await stack.owner.query(sql.replace(PLACEHOLDER, user));
    expect(await claimsOf(user)).toMatchObject({
      lifetime_subscriber: true,
      profile_complete: true,
    });
  });

  test("grants both claims in an existing row", async () => {
    const { rows } = await stack.owner.query(
      "select kinde_id from public.profiles where not lifetime_subscriber and not profile_complete",
    );
    const user: string = rows[0].kinde_id;
    await stack.owner.query(sql.replace(PLACEHOLDER, user));
    expect(await claimsOf(user)).toMatchObject({
      lifetime_subscriber: true,
      profile_complete: true,
    });
  });

  test("is refused while the placeholder of the user id is still there", async () => {
    expect(sql).toContain(PLACEHOLDER);
    await expect(stack.owner.query(sql)).rejects.toMatchObject({
      constraint: "profiles_kinde_id_check",
    });
  });
});
