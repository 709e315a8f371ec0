import { describe, expect, test } from "vitest";
import { startProgram } from "./programs.ts";

const node = (code: string) => startProgram(process.execPath, ["-e", code]);

describe("a program that is still running when its test finishes", () => {
  let pid = 0;
  test("runs during the test", async () => {
    const { child, prints } = node('console.log("up"); setInterval(() => undefined, 1000)');
    await prints("up");
    pid = child.pid ?? 0;
    expect(process.kill(pid, 0)).toBe(true);
  });

  test("is gone in the next test", () => {
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});

test("waiting for a text fails with the output if the program ends without printing the text", async () => {
  const { prints } = node('console.log("other"); console.error("a problem")');
  await expect(prints("up")).rejects.toThrow(
    /has ended and did not print "up"\.\nstdout: other\n\nstderr: a problem/,
  );
});
