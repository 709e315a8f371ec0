import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLAIMS } from "../claims.ts";
import { CLAIM_NAMES, readProfileClaims, sameClaims } from "../tokens/readProfileClaims.ts";

const ABSENT = Object.fromEntries(CLAIM_NAMES.map((name) => [name, CLAIMS[name].whenAbsent]));

/** The values a claim can have. */
const valuesOf = (name: (typeof CLAIM_NAMES)[number]): unknown[] =>
  Object.keys(CLAIMS[name].states).map((state) =>
    typeof CLAIMS[name].whenAbsent === "boolean" ? state === "true" : state,
  );

test("a token without the claims has each at its value for absent", () => {
  expect(readProfileClaims({})).toEqual(ABSENT);
  expect(readProfileClaims(Object.create({ profile_complete: true }))).toEqual(ABSENT);
});

describe.each(CLAIM_NAMES)("the claim %s", (name) => {
  test.each(valuesOf(name))("is read when it is %j", (value) => {
    expect(readProfileClaims({ [name]: value })).toEqual({ ...ABSENT, [name]: value });
  });

  test.each([null, "True", "toString", 1, 0, "1", "", [], [true], ["true"], {}, { value: true }])(
    "%j counts as absent",
    (value) => {
      expect(readProfileClaims({ [name]: value })).toEqual(ABSENT);
    },
  );

  test("has one of its values, whatever the token holds", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readProfileClaims({ [name]: value });
        expect(read).toEqual(
          valuesOf(name).includes(value) ? { ...ABSENT, [name]: value } : ABSENT,
        );
      }),
    );
  });

  test("makes two readings differ", () => {
    const [one, other] = valuesOf(name).map((value) => readProfileClaims({ [name]: value }));
    if (!one || !other) throw new Error("a claim has two values at least");
    expect(sameClaims(one, other)).toBe(false);
    expect(sameClaims(one, { ...one })).toBe(true);
  });
});

test("the boolean true grants, and a text does not", () => {
  expect(readProfileClaims({ lifetime_subscriber: true })).toMatchObject({
    lifetime_subscriber: true,
  });
  expect(readProfileClaims({ lifetime_subscriber: "true" })).toMatchObject({
    lifetime_subscriber: false,
  });
});
