import { describe, expect, expectTypeOf, test } from "vitest";
import { claimsAgree, defineClaims, type InferClaims } from "../src/index.ts";

const claims = defineClaims({
  lifetime_subscriber: false,
  tier: ["free", "pro"],
  seats: 0,
  plan: "none",
});
type MyClaims = InferClaims<typeof claims>;

describe("the values of a payload are read", () => {
  test("when each has its type", () => {
    const payload = { lifetime_subscriber: true, tier: "pro", seats: 3, plan: "gold", sub: "kp_1" };
    expect(claims.read(payload)).toEqual({
      lifetime_subscriber: true,
      tier: "pro",
      seats: 3,
      plan: "gold",
    });
  });

  test("as the declared values when they are absent", () => {
    const absent = { lifetime_subscriber: false, tier: "free", seats: 0, plan: "none" };
    expect(claims.read({})).toEqual(absent);
    expect(claims.absent).toEqual(absent);
  });

  test.each(["true", 1, null, [], {}, undefined])(
    "as the declared boolean when the value is %j",
    (value) => {
      expect(claims.read({ lifetime_subscriber: value }).lifetime_subscriber).toBe(false);
    },
  );

  test.each(["enterprise", "Pro", "", 1, null, ["pro"], true])(
    "as the first entry of a union when the value is %j",
    (value) => {
      expect(claims.read({ tier: value }).tier).toBe("free");
    },
  );

  test.each(["7", null, true])("as the declared number when the value is %j", (value) => {
    expect(claims.read({ seats: value }).seats).toBe(0);
  });

  test("from own properties of the record, not from inherited ones", () => {
    expect(claims.read(Object.create({ lifetime_subscriber: true }))).toEqual(claims.absent);
    expect(defineClaims({ constructor: "none" }).read({}).constructor).toBe("none");
  });

  test("as a declared true when the value has another type", () => {
    expect(defineClaims({ trial: true }).read({ trial: 0 })).toEqual({ trial: true });
  });
});

test("the names are the declared names, in the order of the declaration", () => {
  expect(claims.names).toEqual(["lifetime_subscriber", "tier", "seats", "plan"]);
});

describe("a declaration is refused", () => {
  test.each(["sub", "aud", "exp", "scp", "azp"])("with Kinde's own claim %s", (name) => {
    expect(() => defineClaims({ [name]: "x" })).toThrow(/Kinde reserves the name/);
  });
  test.each([null, {}, [], [1], Number.NaN, Number.POSITIVE_INFINITY, undefined])(
    "with the value %j",
    (value) => {
      expect(() => defineClaims({ tier: value as unknown as string })).toThrow(
        /defineClaims: tier must be/,
      );
    },
  );
});

describe("claimsAgree", () => {
  test("is true only when every expected claim has its value", () => {
    expect(claimsAgree(claims.read({ seats: 2 }), { seats: 2 })).toBe(true);
    expect(claimsAgree(claims.read({ seats: 2 }), { seats: 2, tier: "pro" })).toBe(false);
  });
  test("is false when the token still has a claim that was taken away", () => {
    expect(
      claimsAgree(claims.read({ lifetime_subscriber: true }), { lifetime_subscriber: false }),
    ).toBe(false);
  });
});

test("the types follow the declaration", () => {
  expectTypeOf<MyClaims>().toEqualTypeOf<{
    readonly lifetime_subscriber: boolean;
    readonly tier: "free" | "pro";
    readonly seats: number;
    readonly plan: string;
  }>();
  expectTypeOf(claims.names).toEqualTypeOf<
    readonly ("lifetime_subscriber" | "tier" | "seats" | "plan")[]
  >();
  expectTypeOf(claims.read).returns.toEqualTypeOf<MyClaims>();
});

test("mistakes do not compile", () => {
  const typed = (_check: () => unknown) => undefined;
  // @ts-expect-error: not a claim
  typed(() => claims.read({}).beta);
  // @ts-expect-error: not a value of the union
  typed(() => claimsAgree(claims.read({}), { tier: "enterprise" }));
  // @ts-expect-error: a date is not a claim
  typed(() => defineClaims({ since: new Date() }));
  // @ts-expect-error: a union needs a value
  typed(() => defineClaims({ tier: [] }));
  // @ts-expect-error: the claims are read-only
  typed(() => delete claims.read({}).seats);
});
