import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CodeBlock, codeBlocks, type Proof } from "./support/codeBlocks.ts";
import { problemsOfCommands } from "./support/commands.ts";
import { compile } from "./support/compile.ts";
import { filesOf } from "./support/files.ts";

// The code blocks of kinde-local's pages have their own tests: docs, commandsPage, networkPage and
// rulesPage.
const blocks = codeBlocks().filter(({ page }) => !page.startsWith("packages/kinde-local/"));
const withProof = (proof: Proof) => blocks.filter((block) => block.proof === proof);
const place = ({ page, line }: CodeBlock) => `${page}:${line}`;
const count = (proof: Proof) => withProof(proof).length;

describe(`the ${blocks.length} code blocks of the Markdown files: ${count("test")} read by tests, ${count("compile")} compiled, ${count("commands")} with commands that exist, ${count("account")} that need an account, ${count("shows")} without code`, () => {
  test("each name the way in which they are tested", () => {
    expect(blocks.filter(({ proof }) => proof === undefined).map(place)).toEqual([]);
  });

  test("are read by a test under their title, if they have one", () => {
    const tests = filesOf()
      .filter((file) => /\/test\/.*\.ts$/.test(file))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const unread = withProof("test").filter(
      ({ page, detail }) => !(tests.includes(JSON.stringify(detail)) && tests.includes(page)),
    );
    expect(unread.map(place)).toEqual([]);
  });

  test("compile", async () => {
    const files = withProof("compile").map(({ page, line, code, detail }) => {
      const name = `${page.replaceAll(/\W/g, "_")}_${line}.ts`;
      return [name, `${detail}${code}\nexport {};\n`];
    });
    expect(await compile(Object.fromEntries(files))).toBe("");
  });

  test("name commands and options that exist", async () => {
    const problems = await Promise.all(
      withProof("commands").map(async (block) =>
        (await problemsOfCommands(block)).map((problem) => `${place(block)} ${problem}`),
      ),
    );
    expect(problems.flat()).toEqual([]);
  });
});
