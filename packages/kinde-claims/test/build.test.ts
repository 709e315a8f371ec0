import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** A folder with the build script and without TypeScript. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kinde-claims-build-"));
  copyFileSync(join(import.meta.dirname, "../build.js"), join(folder, "build.mjs"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function build(...args: string[]): Promise<{ code: unknown; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(folder, "build.mjs"), ...args], (error, _stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

test("without TypeScript an installation succeeds, and packing fails", async () => {
  expect(await build()).toMatchObject({ code: 0 });
  const packing = await build("--clean");
  expect(packing.code).toBe(1);
  expect(packing.stderr).toContain("Run npm ci");
});
