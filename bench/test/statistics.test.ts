import { expect, test } from "vitest";
import { quantile } from "../../local/command/quantile.ts";
import { summarize } from "../measure/statistics.ts";
import { subscribedUsers, userId } from "../measure/users.ts";

test("a summary holds the median and the 5th and 95th percentiles, for values in any order", () => {
  const values = Array.from({ length: 100 }, (_, index) => 99 - index);
  expect(summarize(values)).toEqual({ median: 50, p5: 5, p95: 95, count: 100 });
});

test("the last quantile is the largest value, and an empty sample has no quantile", () => {
  expect(quantile([3, 1, 2], 1)).toBe(3);
  expect(quantile([], 0.5)).toBeNaN();
});

test("the users are spread over the whole table and do not repeat before all had their turn", () => {
  const next = subscribedUsers(1000);
  const asked = Array.from({ length: 500 }, next);
  expect(new Set(asked).size).toBe(500);
  expect(asked).toContain(userId(2));
  expect(asked).not.toContain(userId(1));
});
