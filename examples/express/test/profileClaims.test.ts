import fc from "fast-check";
import { claimsAgree } from "kinde-claims";
import { describe, expect, test } from "vitest";
import { CLAIMS } from "../claims.ts";
import { profileClaims } from "../profileClaims.ts";

const ABSENT = Object.fromEntries(
  profileClaims.names.map((name) => [name, CLAIMS[name].whenAbsent]),
);

/** The values a claim can have. */
const valuesOf = (name: (typeof profileClaims.names)[number]): unknown[] =>
  Object.keys(CLAIMS[name].states).map((state) =>
    typeof CLAIMS[name].whenAbsent === "boolean" ? state === "true" : state,
  );

test("if the token has no claims, each claim has its value `whenAbsent`", () => {
  expect(profileClaims.read({})).toEqual(ABSENT);
  expect(profileClaims.read(Object.create({ profile_complete: true }))).toEqual(ABSENT);
});

describe.each(profileClaims.names)("the claim %s", (name) => {
  test.each(valuesOf(name))("is read when it is %j", (value) => {
    expect(profileClaims.read({ [name]: value })).toEqual({ ...ABSENT, [name]: value });
  });

  test.each([null, "True", "toString", 1, 0, "1", "", [], [true], ["true"], {}, { value: true }])(
    "%j counts as absent",
    (value) => {
      expect(profileClaims.read({ [name]: value })).toEqual(ABSENT);
    },
  );

  test("has one of its values, whatever the token holds", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = profileClaims.read({ [name]: value });
        expect(read).toEqual(
          valuesOf(name).includes(value) ? { ...ABSENT, [name]: value } : ABSENT,
        );
      }),
    );
  });

  test("decides whether claimsAgree is true", () => {
    const [one, other] = valuesOf(name).map((value) => profileClaims.read({ [name]: value }));
    if (!one || !other) throw new Error("a claim has two values at least");
    expect(claimsAgree(one, other)).toBe(false);
    expect(claimsAgree(one, { ...one })).toBe(true);
  });
});

test('the boolean true grants a claim, and the string "true" does not', () => {
  expect(profileClaims.read({ lifetime_subscriber: true })).toMatchObject({
    lifetime_subscriber: true,
  });
  expect(profileClaims.read({ lifetime_subscriber: "true" })).toMatchObject({
    lifetime_subscriber: false,
  });
});
