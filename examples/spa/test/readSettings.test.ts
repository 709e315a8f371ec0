import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "../src/settings/readSettings.ts";

const ORIGIN = "https://app.example.com";
const GOOD = {
  VITE_KINDE_DOMAIN: "https://example.kinde.com/",
  VITE_KINDE_CLIENT_ID: "client",
  VITE_KINDE_REDIRECT_URL: "https://app.example.com/callback",
  VITE_SUPABASE_URL: "https://project.supabase.co",
  VITE_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
};

function problemOf(json: unknown): string {
  try {
    readSettings(json, ORIGIN);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
}

describe("readSettings", () => {
  test("reads the settings, and removes the slash at the end of an address", () => {
    expect(readSettings(GOOD, ORIGIN)).toEqual({
      kinde: {
        domain: "https://example.kinde.com",
        clientId: "client",
        redirectUrl: "https://app.example.com/callback",
      },
      supabase: { url: "https://project.supabase.co", publishableKey: "sb_publishable_x" },
    });
  });

  test.each(Object.keys(GOOD))("names %s if it is missing, blank or a number", (name) => {
    for (const value of [undefined, "  ", 1]) {
      expect(problemOf({ ...GOOD, [name]: value })).toBe(`${name} is missing in /settings.json.`);
    }
  });

  test.each(Object.keys(GOOD))("names %s if it is still the placeholder", (name) => {
    expect(problemOf({ ...GOOD, [name]: "<your value>" })).toContain(`${name} in /settings.json`);
  });

  test.each([null, [], "text", 7])("names the first setting if the file holds %j", (json) => {
    expect(problemOf(json)).toContain("VITE_KINDE_DOMAIN is missing");
  });

  test.each(["example.kinde.com", "javascript:alert(1)", "https://"])(
    "refuses %s as the Kinde domain",
    (domain) => {
      expect(problemOf({ ...GOOD, VITE_KINDE_DOMAIN: domain })).toContain("VITE_KINDE_DOMAIN");
    },
  );

  test("says which redirect URL it expects if the setting is another one", () => {
    const other = { ...GOOD, VITE_KINDE_REDIRECT_URL: "http://localhost:5173/callback" };
    expect(problemOf(other)).toContain("must be https://app.example.com/callback");
  });

  test.each([
    ["a secret key", "sb_secret_x"],
    ["a service_role key", `x.${btoa(JSON.stringify({ role: "service_role" }))}.x`],
  ])("refuses %s and does not repeat it", (_kind, key) => {
    const problem = problemOf({ ...GOOD, VITE_SUPABASE_PUBLISHABLE_KEY: key });
    expect(problem).toContain("is a secret key");
    expect(problem).not.toContain(key);
  });

  test("accepts the older anon key", () => {
    const key = `x.${btoa(JSON.stringify({ role: "anon" }))}.x`;
    expect(problemOf({ ...GOOD, VITE_SUPABASE_PUBLISHABLE_KEY: key })).toBe("");
  });
});
