import { relative } from "node:path";
import { expect, test } from "vitest";
import { filesOf, ROOT, textOf } from "./support/files.ts";

/** Folders beside the repository on the developers' machine. A clone does not have them. */
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
