import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = ".github/workflows";

/** Every `uses:` of the workflows, with the comment after it. */
const uses = readdirSync(FOLDER)
  .flatMap((file) => readFileSync(`${FOLDER}/${file}`, "utf8").split("\n"))
  .flatMap((line) => /^\s*(?:- )?uses:\s*(.+)$/.exec(line)?.[1] ?? []);

test("the workflows use actions", () => {
  expect(uses.length).toBeGreaterThan(0);
});

// A tag can be moved to other code after it was reviewed; a commit cannot.
test.each(uses)("%s is pinned by commit, with its release in a comment", (action) => {
  expect(action).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
