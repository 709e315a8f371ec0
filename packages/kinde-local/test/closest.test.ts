import { expect, test } from "vitest";
import { closest } from "../src/closest.ts";

test.for([
  ["tset", "test"],
  ["Test", "test"],
  ["timeMS", "timeMs"],
  ["envfile", "envFile"],
  ["env", null],
  ["completely-else", null],
  ["", null],
] as const)("%s most likely means %s", ([word, meant]) => {
  expect(closest(word, ["timeMs", "envFile", "test", "memoryMb"])).toBe(meant);
});
