import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../docs/support/files.ts";

/** The standalone examples have copies of these files, so that each can be copied out and used alone. */
const COPIES = {
  "examples/express/public/app.css": [
    "examples/nextjs/app/app.css",
    "examples/sveltekit/static/app.css",
    "examples/spa/public/app.css",
  ],
  "supabase/database.types.ts": [
    "examples/nextjs/lib/database.types.ts",
    "examples/sveltekit/src/lib/database.types.ts",
    "examples/spa/src/lib/database.types.ts",
  ],
};

const pairs = Object.entries(COPIES).flatMap(([original, copies]) =>
  copies.map((copy) => [copy, original] as const),
);

test.each(pairs)("%s is equal to %s", (copy, original) => {
  const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
  expect(read(copy)).toBe(read(original));
});
