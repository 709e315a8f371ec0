import fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import { PROFILE_CLAIMS } from "../../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import { type ProfileClaims, readProfileClaims } from "../tokens/readProfileClaims.ts";

test("the boolean true grants", () => {
  expect(readProfileClaims({ lifetime_subscriber: true, profile_complete: true })).toEqual({
    lifetime_subscriber: true,
    profile_complete: true,
  });
});

test.each([undefined, null, false, "true", "True", 1, "1", [], [true], {}, { value: true }])(
  "%j grants nothing",
  (value) => {
    expect(readProfileClaims({ lifetime_subscriber: value, profile_complete: value })).toEqual({
      lifetime_subscriber: false,
      profile_complete: false,
    });
  },
);

test("absent claims grant nothing", () => {
  expect(readProfileClaims({})).toEqual({ lifetime_subscriber: false, profile_complete: false });
});

test("whatever a token holds, both are booleans, and true only for true", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (lifetime_subscriber, profile_complete) => {
      expect(readProfileClaims({ lifetime_subscriber, profile_complete })).toEqual({
        lifetime_subscriber: lifetime_subscriber === true,
        profile_complete: profile_complete === true,
      });
    }),
  );
});

test("the app reads every claim that the workflow writes", () => {
  expect(Object.keys(readProfileClaims({})).sort()).toEqual(Object.keys(PROFILE_CLAIMS).sort());
  expectTypeOf(readProfileClaims({})).toEqualTypeOf<ProfileClaims>();
});
