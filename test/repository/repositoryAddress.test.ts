import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../..");
const PACKAGES = ["kinde-claims", "kinde-local"];

function readManifest(name: string) {
  const text = readFileSync(join(REPOSITORY, "packages", name, "package.json"), "utf8");
  return JSON.parse(text) as {
    repository: { type: string; url: string; directory: string };
    scripts: Record<string, string>;
  };
}

test("both packages name the same repository, and their own folder in it", () => {
  const [first, second] = PACKAGES.map((name) => readManifest(name).repository);
  expect(first).toEqual({ ...second, directory: "packages/kinde-claims" });
  expect(second?.directory).toBe("packages/kinde-local");
  expect(first?.url).toMatch(/^git\+https:\/\/\S+\.git$/);
});

test.each(PACKAGES)("%s cannot be published while the address is a placeholder", (name) => {
  const { scripts, ...manifest } = readManifest(name);
  const folder = mkdtempSync(join(tmpdir(), "publish-"));
  const publishWith = (url: string) => {
    const repository = { ...manifest.repository, url };
    const text = JSON.stringify({ ...manifest, scripts, repository }, null, 2);
    writeFileSync(join(folder, "package.json"), text);
    return spawnSync("sh", ["-c", scripts.prepublishOnly ?? ""], { cwd: folder }).status;
  };
  try {
    expect(publishWith("git+https://github.com/OWNER/REPOSITORY.git")).toBe(1);
    expect(publishWith("git+https://github.com/ada/engine.git")).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
