import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../src");

/** The room of a file: its folder in `src` or `src/realm`, or `src` for a file at the top. */
function roomOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  if (!path.includes("/")) return "src";
  return first === "realm" && second.includes(".") ? "realm" : first === "realm" ? second : first;
}

/** Every import between two rooms, type imports included. */
const imports = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .flatMap((path) => {
    const text = readFileSync(join(SRC, path), "utf8");
    return [...text.matchAll(/from "(\.[^"]+)"/g)].map(([, target = ""]) => {
      const to = roomOf(normalize(join(dirname(path), target)));
      return { path, from: roomOf(path), to };
    });
  })
  .filter(({ from, to }) => from !== to);

/** The rooms from which each room may import. `src` holds types, errors, defaults and helpers. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  bundle: ["src"],
  events: ["src"],
  protocol: ["src"],
  inside: ["protocol"],
  child: ["protocol"],
  network: ["src", "redact", "events", "protocol"],
  parent: ["src", "protocol", "bundle", "realm", "network"],
  project: ["src", "parent", "protocol", "bundle"],
  run: ["src", "events", "parent", "protocol", "bundle", "project"],
  check: ["src", "events", "bundle", "project", "realm"],
  redact: ["src", "events"],
  snapshot: ["src"],
  // ".." is the package's folder, which holds the published schema.
  settings: ["src", "bundle", ".."],
  scaffold: ["src", "events", "project"],
  src: ["bundle", "redact", "events", "network", "parent", "project", "run", "check", "settings"],
  cli: ["src", "redact", "events", "check", "network", "scaffold", "settings", "project", "run"],
};

test("the rooms of src import only from the rooms in the list", () => {
  expect(imports.length).toBeGreaterThan(50);
  const wrong = imports.filter(({ from, to }) => !MAY_IMPORT[from]?.includes(to));
  expect(wrong).toEqual([]);
});
