import { createServer } from "node:http";
import type { Run } from "kinde-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { close, listen } from "../../local/http/listen.ts";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { checked, WrongResult } from "../measure/checks.ts";
import { bareGet, type Workflows } from "../measure/subjects.ts";

const GOOD = {
  completed: true,
  goesOn: true,
  claims: { accessToken: { lifetime_subscriber: true } },
  fetches: [{ status: 200 }],
  logs: [],
  error: null,
};

/** The bench's workflows, whose runs all end with this result. */
function workflowsThat(end: object): Workflows {
  const run = async () => ({ ...GOOD, ...end }) as unknown as Run;
  return checked({
    ...{ ours: run, tutorial: run, requestOnly: run, empty: run },
    close: async () => undefined,
  });
}

describe("the bench measures a workflow only while its runs are correct", () => {
  const all = ["ours", "tutorial", "requestOnly", "empty"] as const;

  test.each(all)("%s with correct runs is measured", async (name) => {
    await expect(workflowsThat({})[name]("kp_a")).resolves.toMatchObject({ completed: true });
  });

  test.each([
    ["ours", "denies a subscriber", { claims: { accessToken: { lifetime_subscriber: false } } }],
    ["ours", "is refused by the Data API", { fetches: [{ status: 401 }] }],
    ["ours", "stops the sign-in", { goesOn: false }],
    ["tutorial", "writes no claim", { claims: { accessToken: {} } }],
    ["requestOnly", "is refused by the Data API", { fetches: [{ status: 401 }] }],
    ["requestOnly", "sends no request", { fetches: [] }],
    ["empty", "fails", { completed: false }],
  ] as const)("the bench ends if %s %s", async (name, _, end) => {
    await expect(workflowsThat(end)[name]("kp_a")).rejects.toThrow(WrongResult);
  });
});

describe("the bench measures the bare GET only while it gets the row", () => {
  let answer: unknown;
  const server = createServer((_, response) => response.end(JSON.stringify(answer)));
  let get: (user: string) => Promise<void>;
  beforeAll(async () => {
    const url = `http://127.0.0.1:${await listen(server)}`;
    get = bareGet({ url, workflowKey: "x" } as LocalSupabase);
  });
  afterAll(() => close(server));

  test("the user's row is accepted", async () => {
    answer = [{ kinde_id: "kp_a" }];
    await expect(get("kp_a")).resolves.toBeUndefined();
  });

  test.each([
    ["no row", []],
    ["the row of another user", [{ kinde_id: "kp_b" }]],
    ["two rows", [{ kinde_id: "kp_a" }, { kinde_id: "kp_a" }]],
    ["an error", { message: "Invalid API key" }],
  ])("%s is refused", async (_, body) => {
    answer = body;
    await expect(get("kp_a")).rejects.toThrow(WrongResult);
  });
});
