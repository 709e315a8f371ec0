import { describe, expect, test } from "vitest";
import { useStack } from "./support/stack.ts";

const stack = useStack({ seed: false });

const PROFILES = "/rest/v1/profiles";
const FIRST_SIGN_IN = "resolution=ignore-duplicates,return=minimal";

async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: object,
  prefer = "return=minimal",
): Promise<number> {
  const response = await fetch(stack.supabase.url + path, {
    method,
    headers: { ...headers, "content-type": "application/json", prefer },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

async function signedIn(sub: string): Promise<Record<string, string>> {
  const jwt = await stack.supabase.mintJwt({ role: "authenticated", sub });
  return { apikey: stack.supabase.publishableKey, authorization: `Bearer ${jwt}` };
}
const backOffice = () => ({ apikey: stack.supabase.secretKey });
const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const rowsOf = async (id: string) =>
  (
    await stack.owner.query(
      "select full_name, company, lifetime_subscriber, profile_complete from public.profiles where kinde_id = $1",
      [id],
    )
  ).rows;

describe("200 first sign-ins of the same new user at once", () => {
  test("create one row, and all succeed", async () => {
    const headers = await signedIn("kp_first");
    const path = `${PROFILES}?on_conflict=kinde_id`;
    const statuses = await times(200, () =>
      send("POST", path, headers, { kinde_id: "kp_first" }, FIRST_SIGN_IN),
    );
    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(await rowsOf("kp_first")).toHaveLength(1);
  });

  test("create one row even without ignore-duplicates, and the others get 409", async () => {
    const headers = await signedIn("kp_insist");
    const statuses = await times(200, () =>
      send("POST", PROFILES, headers, { kinde_id: "kp_insist" }),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(199);
    expect(await rowsOf("kp_insist")).toHaveLength(1);
  });
});

describe("form saves and subscription grants at the same time", () => {
  test("lose nothing, for fifty users at once", async () => {
    await times(50, async (index) => {
      const id = `kp_both_${index}`;
      const user = await signedIn(id);
      const row = `${PROFILES}?kinde_id=eq.${id}`;
      await send("POST", PROFILES, backOffice(), { kinde_id: id });
      const statuses = await Promise.all([
        send("PATCH", row, user, { full_name: "Ada" }),
        send("PATCH", row, backOffice(), { lifetime_subscriber: true }),
        send("PATCH", row, user, { company: "AE" }),
      ]);
      expect(statuses).toEqual([204, 204, 204]);
    });
    for (let index = 0; index < 50; index += 1) {
      expect(await rowsOf(`kp_both_${index}`)).toEqual([
        { full_name: "Ada", company: "AE", lifetime_subscriber: true, profile_complete: true },
      ]);
    }
  });

  test("lose nothing when the grant and the first sign-in create the row at the same time", async () => {
    const upsert = `${PROFILES}?on_conflict=kinde_id`;
    await times(50, async (index) => {
      const id = `kp_race_${index}`;
      const user = await signedIn(id);
      const grant = { kinde_id: id, lifetime_subscriber: true };
      const statuses = await Promise.all([
        send("POST", upsert, user, { kinde_id: id, full_name: "Ada" }, FIRST_SIGN_IN),
        send("POST", upsert, backOffice(), grant, "resolution=merge-duplicates,return=minimal"),
      ]);
      expect(statuses.every((status) => status === 200 || status === 201)).toBe(true);
    });
    for (let index = 0; index < 50; index += 1) {
      expect(await rowsOf(`kp_race_${index}`)).toMatchObject([{ lifetime_subscriber: true }]);
    }
  });
});
