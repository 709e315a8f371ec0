import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf, ROOT } from "./support/files.ts";
import { anchorsOf, linksOf } from "./support/markdown.ts";

const pages = filesOf().filter((file) => file.endsWith(".md"));
const relativeLinks = pages.flatMap((page) =>
  linksOf(page)
    .filter(({ target }) => !/^[a-z]+:/i.test(target))
    .map(({ line, target }) => {
      const [path = "", anchor] = decodeURI(target).split("#");
      const file = path === "" ? page : resolve(dirname(page), path);
      return { page, file, anchor, shown: `${relative(ROOT, page)}:${line} ${target}` };
    }),
);
const shown = (links: typeof relativeLinks) => links.map((link) => link.shown);

describe("a relative link in a Markdown file", () => {
  test("exists in some file, so that the other tests check something", () => {
    expect(relativeLinks.length).toBeGreaterThan(30);
  });

  test("points to a file or folder of the repository", () => {
    const broken = relativeLinks.filter(
      ({ file }) => !existsSync(file) || !(file + sep).startsWith(ROOT + sep),
    );
    expect(shown(broken)).toEqual([]);
  });

  test("points to an existing heading, if it has an anchor", () => {
    const broken = relativeLinks.filter(
      ({ file, anchor }) =>
        anchor !== undefined &&
        existsSync(file) &&
        file.endsWith(".md") &&
        !anchorsOf(file).has(anchor),
    );
    expect(shown(broken)).toEqual([]);
  });

  test("stays inside the package, in a README that npm publishes", () => {
    const outside = relativeLinks.filter(({ page, file }) => {
      const name = /^packages\/[^/]+\//.exec(relative(ROOT, page))?.[0];
      return name !== undefined && !file.startsWith(join(ROOT, name));
    });
    expect(shown(outside)).toEqual([]);
  });
});
