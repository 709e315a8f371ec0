import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigError, readAddress, readAppConfig } from "../config.ts";
import { html } from "../web/html.ts";
import { readReturnTo } from "../web/returnTo.ts";

describe("html", () => {
  test("escapes values, and keeps templates and lists of them", () => {
    const page = html`<p title="${`"'`}">${"<b>&"}${[html`<i>${1}</i>`, false, null, undefined]}</p>`;
    expect(page.markup).toBe(`<p title="&#34;&#39;">&#60;b&#62;&#38;<i>1</i></p>`);
  });

  test("a string cannot open a tag or leave an attribute", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"']/);
      }),
    );
  });
});

describe("the path to return to", () => {
  test.each(["/", "/profile", "/token?x=1", "/a%20b", "/profile?return_to=%2Ftoken"])(
    "%s is accepted",
    (path) => {
      expect(readReturnTo(path)).toBe(path);
    },
  );

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/%2e%2e//evil.example",
    "javascript:alert(1)",
    "profile",
    "",
    undefined,
    ["/a", "/b"],
    7,
  ])("%j is replaced by /", (value) => {
    expect(readReturnTo(value)).toBe("/");
  });

  test("a browser stays at this app, whatever path the request names", () => {
    const app = "https://app.example";
    const unit = fc.constantFrom("/", "\\", ".", "%2e", "\t", "\n", ":", "@", "?", "#", "a");
    const value = fc.oneof(fc.string({ unit }), fc.string());
    fc.assert(
      fc.property(value, (text) => {
        expect(new URL(readReturnTo(text), app).origin).toBe(app);
        expect(new URL(readReturnTo(`/${text}`), app).origin).toBe(app);
      }),
    );
  });
});

describe("the configuration", () => {
  const variables = {
    APP_URL: "https://app.example.com/",
    KINDE_DOMAIN: "https://yours.kinde.com/",
    KINDE_CLIENT_ID: "id",
    KINDE_CLIENT_SECRET: "secret",
    SUPABASE_URL: "https://ref.supabase.co",
    SUPABASE_PUBLISHABLE_KEY: "key",
  };

  test("is read from variables; the machine application is optional", () => {
    expect(readAppConfig(variables)).toMatchObject({
      url: "https://app.example.com",
      kinde: { domain: "https://yours.kinde.com", machine: undefined, audience: undefined },
    });
    const machine = { KINDE_M2M_CLIENT_ID: "m", KINDE_M2M_CLIENT_SECRET: "s" };
    expect(readAppConfig({ ...variables, ...machine }).kinde.machine).toEqual({
      clientId: "m",
      clientSecret: "s",
      audience: "https://yours.kinde.com/api",
    });
  });

  test("needs the publishable key of Supabase; the secret key is optional", () => {
    expect(readAppConfig(variables).supabase).toEqual({
      url: "https://ref.supabase.co",
      publishableKey: "key",
      secretKey: undefined,
    });
    const withSecret = readAppConfig({ ...variables, SUPABASE_SECRET_KEY: "secret" });
    expect(withSecret.supabase.secretKey).toBe("secret");
    expect(() => readAppConfig({ ...variables, SUPABASE_PUBLISHABLE_KEY: "" })).toThrow(
      new ConfigError("Set SUPABASE_PUBLISHABLE_KEY (see examples/express/README.md)."),
    );
  });

  test("refuses a secret key in the place of the publishable key, and does not repeat it", () => {
    const read = () => readAppConfig({ ...variables, SUPABASE_PUBLISHABLE_KEY: "sb_secret_x" });
    expect(read).toThrow("SUPABASE_PUBLISHABLE_KEY must be the publishable key");
    expect(read).not.toThrow("sb_secret_x");
  });

  test("names everything that is missing at once", () => {
    const some = { ...variables, KINDE_CLIENT_ID: " ", SUPABASE_URL: undefined };
    expect(() => readAppConfig(some)).toThrow(/KINDE_CLIENT_ID, SUPABASE_URL/);
    expect(() => readAppConfig({ ...variables, KINDE_M2M_CLIENT_ID: "m" })).toThrow(
      /KINDE_M2M_CLIENT_SECRET/,
    );
    expect(() => readAppConfig({ ...variables, KINDE_M2M_CLIENT_SECRET: "m" })).toThrow(
      /KINDE_M2M_CLIENT_ID/,
    );
  });

  test.each([
    "foo",
    "yours.kinde.com",
    "https://a_b%zz",
    "https://yours.kinde.com/path",
    "https://yours.kinde.com?foo",
    "https://yours.kinde.com#foo",
    "https://user:password@yours.kinde.com",
    "http://yours.kinde.com",
    "ftp://yours.kinde.com",
    "sb_secret_in_the_wrong_place",
  ])("refuses the address %s in every variable, and does not repeat it", (value) => {
    for (const name of ["APP_URL", "KINDE_DOMAIN", "SUPABASE_URL"]) {
      const read = () => readAppConfig({ ...variables, [name]: value });
      expect(read).toThrow(ConfigError);
      expect(read).toThrow(`${name} must be an origin`);
      expect(read).not.toThrow(value);
    }
  });

  test.each([
    "http://localhost:3000",
    "http://127.0.0.1:54321/",
    "http://[::1]:1",
    "https://x.y:8",
  ])("accepts the address %s", (value) => {
    const { url } = readAppConfig({ ...variables, APP_URL: value });
    expect(url).toBe(value.replace(/\/$/, ""));
  });

  test("of sessions, organization and proxies is optional", () => {
    expect(readAppConfig(variables)).toMatchObject({
      sessionSecret: undefined,
      proxies: undefined,
      kinde: { orgCode: undefined },
    });
    const more = {
      SESSION_SECRET: "s".repeat(32),
      KINDE_ORG_CODE: "org_1",
      TRUST_PROXY: "1",
    };
    expect(readAppConfig({ ...variables, ...more })).toMatchObject({
      sessionSecret: more.SESSION_SECRET,
      proxies: 1,
      kinde: { orgCode: "org_1" },
    });
  });

  test.each([
    ["SESSION_SECRET", "too-short-a-secret", "SESSION_SECRET must have at least 32 characters."],
    ["TRUST_PROXY", "true", "TRUST_PROXY must be the number of proxies, 0 to 10."],
    ["TRUST_PROXY", "11", "TRUST_PROXY must be the number of proxies, 0 to 10."],
  ])("refuses %s=%s in one sentence, and does not repeat a secret", (name, value, sentence) => {
    const read = () => readAppConfig({ ...variables, [name]: value });
    expect(read).toThrow(new ConfigError(sentence));
    if (name === "SESSION_SECRET") expect(read).not.toThrow(value);
  });

  test("names two wrong addresses together", () => {
    const wrong = { APP_URL: "foo", SUPABASE_URL: "http://example.com" };
    expect(() => readAppConfig({ ...variables, ...wrong })).toThrow(
      "APP_URL and SUPABASE_URL must be an origin",
    );
  });

  test("has defaults for PORT and HOST, and refuses a port that is not a number up to 65535", () => {
    expect(readAddress({})).toEqual({ port: 3000, host: "127.0.0.1" });
    expect(readAddress({ PORT: "8080", HOST: "0.0.0.0" })).toEqual({ port: 8080, host: "0.0.0.0" });
    for (const PORT of ["abc", "-1", "1.5", "65536", "0x10"]) {
      expect(() => readAddress({ PORT })).toThrow(ConfigError);
    }
  });
});
