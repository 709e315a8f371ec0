import { afterEach, describe, expect, test, vi } from "vitest";
import {
  fetchBody,
  missingBinding,
  readVariable,
  setAccessTokenClaim,
} from "../../kindeSrc/environment/workflows/profileClaims/natives.ts";

/** Replaces the global `kinde`, to imitate what Kinde's hosted runtime might do. */
function kindeIs(kinde: unknown): void {
  vi.stubGlobal("kinde", kinde);
}
afterEach(() => vi.unstubAllGlobals());

describe("the body of an answer is read from every form of the answer", () => {
  test.each([
    ["text", { text: "[]" }, "[]"],
    ["parsed JSON, although text was requested", { json: [] }, []],
    ["parsed JSON, beside an empty text", { json: [], text: "" }, []],
    ["text, beside null as JSON", { json: null, text: "[]" }, "[]"],
    ["an empty text", { text: "" }, ""],
    ["null", null, undefined],
    ["an object without text and JSON", {}, undefined],
  ])("%s", async (_, answer, body) => {
    kindeIs({ fetch: () => answer });
    expect(await fetchBody("https://x.example", {})).toEqual(body);
  });

  test("a promise of an answer", async () => {
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

test("a claim is set if kinde.accessToken is bound, even if all other bindings are missing", () => {
  const setCustomClaim = vi.fn();
  kindeIs({ accessToken: { setCustomClaim } });
  setAccessTokenClaim("profile_complete", false);
  expect(setCustomClaim).toHaveBeenCalledWith("profile_complete", false);
});
