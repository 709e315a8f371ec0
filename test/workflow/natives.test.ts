import { afterEach, describe, expect, test, vi } from "vitest";
import {
  fetchBody,
  missingBinding,
  readVariable,
  setAccessTokenClaim,
} from "../../kindeSrc/environment/workflows/profileClaims/natives.ts";

/** Natives that behave as Kinde's hosted runtime might, unlike its public one. */
function kindeIs(kinde: unknown): void {
  vi.stubGlobal("kinde", kinde);
}
afterEach(() => vi.unstubAllGlobals());

describe("an answer is understood in every form", () => {
  test.each([
    ["as text", { text: "[]" }, "[]"],
    ["parsed, although text was asked for", { json: [] }, []],
    ["parsed, beside an empty text", { json: [], text: "" }, []],
    ["as text, beside a null", { json: null, text: "[]" }, "[]"],
    ["as an empty text", { text: "" }, ""],
    ["as nothing", null, undefined],
    ["as something without either", {}, undefined],
  ])("%s", async (_, answer, body) => {
    kindeIs({ fetch: () => answer });
    expect(await fetchBody("https://x.example", {})).toEqual(body);
  });

  test("as a promise", async () => {
    kindeIs({ fetch: async () => ({ text: "[]" }) });
    expect(await fetchBody("https://x.example", {})).toBe("[]");
  });
});

describe("a missing variable is empty", () => {
  test.each([
    ["null", () => null],
    ["undefined", () => undefined],
    ["an object without a value", () => ({})],
    [
      "an error",
      () => {
        throw new Error("no such variable");
      },
    ],
  ])("%s", (_, get) => {
    kindeIs({ env: { get } });
    expect(readVariable("SUPABASE_URL")).toBe("");
  });
});

test("a binding is missing if it is absent, undefined or null", () => {
  expect(missingBinding()).toBe("kinde.accessToken");
  kindeIs({ accessToken: {}, env: null, fetch: () => null });
  expect(missingBinding()).toBe("kinde.env");
  kindeIs({ accessToken: {}, env: {} });
  expect(missingBinding()).toBe("kinde.fetch");
});

test("a claim is set if the access token is bound, even if all else is missing", () => {
  const setCustomClaim = vi.fn();
  kindeIs({ accessToken: { setCustomClaim } });
  setAccessTokenClaim("profile_complete", false);
  expect(setCustomClaim).toHaveBeenCalledWith("profile_complete", false);
});
