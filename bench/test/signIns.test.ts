import type { Run } from "kinde-local";
import type { Client } from "pg";
import { expect, test } from "vitest";
import { signInAtOnce } from "../load/signIns.ts";
import type { Workflows } from "../measure/subjects.ts";

const superuser = { query: async () => ({ rows: [] }) } as unknown as Client;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A workflow whose runs alternate: one is wrong after 1 ms, the next is correct after 20 ms. */
function halfWrong(wrong: object): Workflows {
  let runs = 0;
  const ours = async () => {
    runs += 1;
    const isRight = runs % 2 === 0;
    await wait(isRight ? 20 : 1);
    const accessToken = { lifetime_subscriber: true };
    const run = { goesOn: true, claims: { accessToken } };
    return (isRight ? run : { ...run, ...wrong }) as unknown as Run;
  };
  return { ours } as unknown as Workflows;
}

test.each([
  ["stopped", { goesOn: false }],
  ["denied", { claims: { accessToken: { lifetime_subscriber: false } } }],
  ["withoutClaim", { claims: { accessToken: {} } }],
] as const)(
  "rate and times include only correct tokens, and the number in %s counts the others",
  async (name, wrong) => {
    const signIns = await signInAtOnce([halfWrong(wrong)], "ours", () => "kp_a", {
      ...{ seconds: 0.4, superuser },
    });
    expect(signIns[name]).toBeGreaterThan(3);
    expect(signIns.p50).toBeGreaterThan(15);
    const all = signIns.tokens + signIns.stopped;
    // Allows half a token more, because the rate is a rounded quotient.
    expect(signIns.perSecond * signIns.seconds).toBeLessThan(all - signIns[name] + 0.5);
  },
);

test("if the restart fails, the sign-ins end with the error of the restart", async () => {
  const database = {
    stop: async () => {
      throw new Error("it does not stop");
    },
    start: async () => undefined,
  };
  const options = { seconds: 0.2, superuser, restart: database };
  await expect(signInAtOnce([halfWrong({})], "ours", () => "kp_a", options)).rejects.toThrow(
    "it does not stop",
  );
});
