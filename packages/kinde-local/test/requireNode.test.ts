import { expect, onTestFinished, test, vi } from "vitest";
import { requireNode } from "../src/cli/requireNode.ts";

test.for(["18.20.8", "20.18.3", "16.0.0"])("Node %s is refused with one sentence", (version) => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => {
    write.mockRestore();
    process.exitCode = undefined;
  });
  expect(requireNode(version)).toBe(false);
  expect(write).toHaveBeenCalledExactlyOnceWith(
    `kinde-local: this is Node ${version}, and kinde-local needs Node 20.19 or newer. Install a newer one from https://nodejs.org.\n`,
  );
  expect(process.exitCode).toBe(2);
});

test.for(["20.19.0", "22.0.0", "24.9.0"])("Node %s is new enough", (version) => {
  expect(requireNode(version)).toBe(true);
});
