import { expect, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { compile } from "./support/compile.ts";

test("the README's code that reads a claim compiles", async () => {
  expect(await compile({ "example.ts": markedBlock("README.md", "read a claim") })).toBe("");
});

test("an undefined claim does not compile", async () => {
  const code = markedBlock("README.md", "read a claim").replace(
    "claims.lifetime_subscriber",
    "claims.nothing",
  );
  expect(await compile({ "example.ts": code })).toContain("Property 'nothing' does not exist");
});
