import { relative } from "node:path";
import { expect, test } from "vitest";
import { filesOf, ROOT, textOf } from "./support/files.ts";

/** Folders that lie beside the repository while it is developed. Nobody who clones it has them. */
const OUTSIDE = /(?:\.\.\/|\/work\/)shared\b|(?<![\w/-])facts\//;

test("no file of the repository refers to a folder outside it", () => {
  const referring = filesOf()
    .filter((file) => file !== import.meta.filename)
    .flatMap((file) =>
      (textOf(file) ?? "")
        .split("\n")
        .flatMap((text, index) =>
          OUTSIDE.test(text) ? [`${relative(ROOT, file)}:${index + 1} ${text.trim()}`] : [],
        ),
    );
  expect(referring).toEqual([]);
});
