import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../../local/command/errors.ts";
import { examineToken } from "../../../local/hosted/doctor/token/examineToken.ts";
import { readTokenText } from "../../../local/hosted/doctor/token/readTokenText.ts";
import { toTokenJson, toTokenText } from "../../../local/hosted/doctor/token/report.ts";
import { type FakeKinde, startFakeKinde } from "../../../local/hosted/fakes/index.ts";
import type { HostedSettings } from "../../../local/hosted/settings.ts";
import { createWorld, type World } from "../../../local/hosted/world.ts";

const USER = "kp_00112233445566778899aabbccddeeff";
const TRUE = { lifetime_subscriber: true, profile_complete: true };
const FALSE = { lifetime_subscriber: false, profile_complete: false };

let kinde: FakeKinde;
beforeAll(async () => {
  kinde = await startFakeKinde();
});
afterAll(() => kinde?.stop());

interface Row {
  readonly claims: object;
  readonly updated_at: string;
}

/** Builds settings and a database that has this row, or no row. */
function worldWith(row: Row | undefined, changes: Partial<HostedSettings> = {}): World {
  const settings = { KINDE_DOMAIN: kinde.url, KINDE_CLIENT_ID: "app", ...changes };
  const world = createWorld(settings as HostedSettings);
  const supabase = {
    readOnlyQuery: async (
      shape: { parse(value: unknown): unknown },
      _: string,
      values: unknown[],
    ) => (row && values[0] === USER ? [shape.parse(row)] : []),
  };
  return { ...world, supabase: supabase as unknown as World["supabase"] };
}

const tokenWith = (claims: object, changes: object = {}) =>
  kinde.sign({ sub: USER, azp: "app", aud: [], scp: ["openid"], ...claims, ...changes });
const LONG_AGO = "2020-01-01T00:00:00Z";
const LATER = "2100-01-01T00:00:00Z";

describe("npm run doctor -- --token", () => {
  test("TOKEN_FRESH: the claims are those of the row", async () => {
    const report = await examineToken(
      await tokenWith(TRUE),
      worldWith({ claims: TRUE, updated_at: LONG_AGO }),
    );
    expect(report).toMatchObject({ code: "TOKEN_FRESH", user: "kp_…eeff", claims: TRUE });
  });

  test("TOKEN_FRESH: the user has no row, and both claims are false", async () => {
    const report = await examineToken(await tokenWith(FALSE), worldWith(undefined));
    expect(report).toMatchObject({ code: "TOKEN_FRESH", row: null });
  });

  test("TOKEN_STALE: the row changed after the token was issued", async () => {
    const report = await examineToken(
      await tokenWith(FALSE),
      worldWith({ claims: { ...FALSE, profile_complete: true }, updated_at: LATER }),
    );
    expect(report).toMatchObject({
      code: "TOKEN_STALE",
      why: "the row changed after the token was issued, so profile_complete is old",
    });
  });

  test("TOKEN_STALE: the user's row was deleted", async () => {
    const report = await examineToken(await tokenWith(TRUE), worldWith(undefined));
    expect(report).toMatchObject({ code: "TOKEN_STALE", fix: expect.stringContaining("deleted") });
  });

  test("TOKEN_WRONG: both claims are false, but the row was true long before the token was issued", async () => {
    const report = await examineToken(
      await tokenWith(FALSE),
      worldWith({ claims: TRUE, updated_at: LONG_AGO }),
    );
    expect(report).toMatchObject({
      code: "TOKEN_WRONG",
      why: expect.stringContaining("the lookup failed"),
      fix: expect.stringContaining("runtime log"),
    });
  });

  test("TOKEN_WRONG: a claim is true, but the row was false long before the token was issued", async () => {
    const report = await examineToken(
      await tokenWith(TRUE),
      worldWith({ claims: FALSE, updated_at: LONG_AGO }),
    );
    expect(report).toMatchObject({
      code: "TOKEN_WRONG",
      why: expect.stringContaining("another project"),
    });
  });

  test("TOKEN_WITHOUT_CLAIMS: the workflow did not run", async () => {
    const report = await examineToken(
      await tokenWith({ profile_complete: true }),
      worldWith(undefined),
    );
    expect(report).toMatchObject({
      code: "TOKEN_WITHOUT_CLAIMS",
      why: expect.stringContaining("does not have lifetime_subscriber"),
    });
  });

  test("TOKEN_CLAIM_TYPE: a claim is a string", async () => {
    const report = await examineToken(
      await tokenWith({ ...TRUE, profile_complete: "true" }),
      worldWith(undefined),
    );
    expect(report).toMatchObject({ code: "TOKEN_CLAIM_TYPE" });
  });

  test("TOKEN_VALID: without the settings of Supabase, the row is not compared", async () => {
    const world = { ...worldWith(undefined), supabase: undefined };
    const report = await examineToken(await tokenWith(TRUE), world);
    expect(report).toMatchObject({
      code: "TOKEN_VALID",
      why: expect.stringContaining("SUPABASE_ACCESS_TOKEN"),
    });
  });

  test("TOKEN_VALID: without KINDE_DOMAIN, the keys of an issuer on this machine are used", async () => {
    const world = { ...worldWith(undefined), supabase: undefined, settings: {} as HostedSettings };
    expect(await examineToken(await tokenWith(TRUE), world)).toMatchObject({ code: "TOKEN_VALID" });
  });

  test.each([
    ["TOKEN_EXPIRED", { exp: 1_000_000_000, iat: 999_999_000 }, "expired"],
    ["TOKEN_WRONG_CLIENT", { azp: "other" }, "another application"],
    ["TOKEN_INVALID", { iss: "https://other.kinde.com" }, "https://other.kinde.com, and not http"],
    [
      "TOKEN_INVALID",
      { gty: ["client_credentials"], sub: undefined },
      "not an access token of a user",
    ],
  ])("%s: %j", async (code, changes, why) => {
    const report = await examineToken(await tokenWith(TRUE, changes), worldWith(undefined));
    expect(report).toMatchObject({ code, why: expect.stringContaining(why) });
  });

  test("TOKEN_NOT_YET_VALID: issued in the future", async () => {
    const iat = Math.floor(Date.now() / 1000) + 600;
    const report = await examineToken(await tokenWith(TRUE, { iat }), worldWith(undefined));
    expect(report).toMatchObject({ code: "TOKEN_NOT_YET_VALID" });
  });

  test("TOKEN_INVALID: the token was changed", async () => {
    const [header, , signature] = (await tokenWith(FALSE)).split(".");
    const payload = Buffer.from(JSON.stringify({ iss: kinde.url, sub: USER, azp: "app", ...TRUE }));
    const token = `${header}.${payload.toString("base64url")}.${signature}`;
    expect(await examineToken(token, worldWith(undefined))).toMatchObject({
      code: "TOKEN_INVALID",
      why: expect.stringContaining("BAD_SIGNATURE"),
    });
  });

  test("TOKEN_UNCHECKED: the issuer is unknown, so its keys are not fetched", async () => {
    const world = { ...worldWith(undefined), settings: {} as HostedSettings };
    const token = await tokenWith(TRUE, { iss: "https://evil.example.com" });
    expect(await examineToken(token, world)).toMatchObject({ code: "TOKEN_UNCHECKED" });
  });

  test("TOKEN_UNCHECKED: the keys cannot be fetched", async () => {
    const world = worldWith(undefined, { KINDE_DOMAIN: "http://127.0.0.1:9" });
    const token = await tokenWith(TRUE, { iss: "http://127.0.0.1:9" });
    expect(await examineToken(token, world)).toMatchObject({
      code: "TOKEN_UNCHECKED",
      why: expect.stringContaining("cannot be fetched"),
    });
  });

  test("TOKEN_ROW_UNREAD: Supabase refuses to read the row", async () => {
    const world = worldWith(undefined);
    const supabase = { readOnlyQuery: () => Promise.reject(new UsageError("it answered 401")) };
    const report = await examineToken(await tokenWith(TRUE), {
      ...world,
      supabase: supabase as unknown as World["supabase"],
    });
    expect(report).toMatchObject({
      code: "TOKEN_ROW_UNREAD",
      why: expect.stringContaining("it answered 401"),
    });
    expect(JSON.parse(toTokenJson(report)).ok).toBe(false);
  });

  test("says what it could not compare without KINDE_DOMAIN and KINDE_CLIENT_ID", async () => {
    const world = { ...worldWith(undefined), settings: {} as HostedSettings };
    const text = toTokenText(await examineToken(await tokenWith(FALSE), world));
    expect(text).toContain("Note: KINDE_DOMAIN is not set");
    expect(text).toContain("Note: KINDE_CLIENT_ID is not set");
  });

  test("accepts impossible times, and prints no control characters", async () => {
    const token = await tokenWith(TRUE, { exp: 1e20, azp: "\u001b[31mapp" });
    const text = toTokenText(await examineToken(token, worldWith(undefined)));
    expect(text).not.toContain("\u001b");
    expect(text).not.toContain("expires");
  });

  test("TOKEN_UNREADABLE: not a JWT", async () => {
    expect(await examineToken("hello", worldWith(undefined))).toMatchObject({
      code: "TOKEN_UNREADABLE",
    });
  });

  test("shows times and claims, but neither the token nor the whole user id", async () => {
    const token = await tokenWith(TRUE);
    const report = await examineToken(token, worldWith({ claims: TRUE, updated_at: LONG_AGO }));
    const text = toTokenText(report);
    expect(text).toMatch(/^✓ TOKEN_FRESH\n/);
    expect(text).toMatch(/lifetime +60 min/);
    expect(text).toMatch(/row now +lifetime_subscriber=true profile_complete=true/);
    for (const output of [text, toTokenJson(report)]) {
      expect(output).not.toContain(token.split(".")[2]);
      expect(output).not.toContain(USER);
    }
    expect(JSON.parse(toTokenJson(report))).toMatchObject({ ok: true, code: "TOKEN_FRESH" });
  });
});

describe("--token reads the token", () => {
  test.each([
    ["alone", (token: string) => token],
    ["behind Bearer, with white space", (token: string) => `\n Bearer ${token} \n`],
    ["in JSON", (token: string) => JSON.stringify({ access_token: token, expires_in: 1 })],
  ])("from a file that holds it %s", async (_, contentOf) => {
    const folder = mkdtempSync(join(tmpdir(), "token-"));
    const token = await tokenWith(TRUE);
    const file = join(folder, "token.txt");
    writeFileSync(file, contentOf(token));
    const read = readTokenText(file);
    rmSync(folder, { recursive: true });
    expect(read).toBe(token);
    expect(readTokenText(token)).toBe(token);
  });

  test("a file that does not exist is a usage error", () => {
    expect(() => readTokenText("/nowhere/token")).toThrow(/cannot be read \(ENOENT\)/);
  });
});
