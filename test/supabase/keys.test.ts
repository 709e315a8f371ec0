import { jwtVerify } from "jose";
import { expect, test } from "vitest";
import { jwtMinter, mintKeys } from "../../local/supabase/keys.ts";

const secretOf = (text: string) => new TextEncoder().encode(text);

test("keys have the shapes of Supabase's keys, and all differ", async () => {
  const [one, other] = await Promise.all([mintKeys(), mintKeys()]);
  expect(one.publishableKey).toMatch(/^sb_publishable_[A-Za-z0-9]{22}_[A-Za-z0-9]{8}$/);
  expect(one.secretKey).toMatch(/^sb_secret_[A-Za-z0-9]{22}_[A-Za-z0-9]{8}$/);
  expect(one.workflowKey).toMatch(/^sb_secret_[A-Za-z0-9]{22}_[A-Za-z0-9]{8}$/);
  const all = [...Object.values(one), ...Object.values(other)];
  expect(new Set(all).size).toBe(all.length);
});

test("the legacy keys are tokens of their role, signed with the project's secret", async () => {
  const keys = await mintKeys();
  const roleOf = async (token: string) =>
    (await jwtVerify(token, secretOf(keys.jwtSecret))).payload.role;
  expect(await roleOf(keys.anonJwt)).toBe("anon");
  expect(await roleOf(keys.serviceRoleJwt)).toBe("service_role");
});

test("a token has the requested lifetime, and can be issued expired", async () => {
  const mint = jwtMinter("a secret of at least thirty-two bytes");
  const secret = secretOf("a secret of at least thirty-two bytes");
  const { payload } = await jwtVerify(
    await mint({ role: "anon" }, { expiresInSeconds: 60 }),
    secret,
  );
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  const expired = await mint({ role: "anon" }, { expiresInSeconds: -60 });
  await expect(jwtVerify(expired, secret)).rejects.toThrow('"exp" claim timestamp check failed');
});
