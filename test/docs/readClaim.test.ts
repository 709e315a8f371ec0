import { expect, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { compile } from "./support/compile.ts";

test("the README's lines that read a claim compile", async () => {
  expect(await compile({ "example.ts": markedBlock("README.md", "read a claim") })).toBe("");
});

test("a claim that nobody defined does not compile", async () => {
  const code = markedBlock("README.md", "read a claim").replace(
    "claims.lifetime_subscriber",
    "claims.nothing",
  );
  expect(await compile({ "example.ts": code })).toContain("Property 'nothing' does not exist");
});
