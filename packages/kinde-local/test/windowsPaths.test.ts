import { win32 } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { showPlace } from "../src/cli/codeFrame.ts";
import { isNamed } from "../src/project/chooseWorkflow.ts";
import { workflowsFolder } from "../src/project/findWorkflowFiles.ts";
import { toPosix } from "../src/scaffold/paths.ts";

/** The functions under test see the paths of Windows; the process stays where it is. */
vi.mock("node:path", async (load) => {
  const path = await load<typeof import("node:path")>();
  return { ...path.win32, win32: path.win32, default: path.win32 };
});

beforeEach(() => void vi.spyOn(process, "cwd").mockReturnValue("C:\\work\\mine"));
afterEach(() => void vi.restoreAllMocks());

const FILE = "C:\\work\\mine\\kindeSrc\\environment\\workflows\\planWorkflow.ts";

describe("on Windows", () => {
  test("a place in the current folder is shown relative to it, another one whole", () => {
    const place = { line: 3, column: 4 };
    expect(showPlace({ file: FILE, ...place })).toBe(
      "kindeSrc\\environment\\workflows\\planWorkflow.ts:3:4",
    );
    for (const file of ["C:\\work\\other\\a.ts", "D:\\a.ts"])
      expect(showPlace({ file, ...place })).toBe(`${file}:3:4`);
  });

  test.for([
    "planWorkflow.ts",
    FILE,
    "kindeSrc/environment/workflows/planWorkflow.ts",
    ".\\kindeSrc\\environment\\workflows\\planWorkflow.ts",
    // VS Code writes the letter of the drive small.
    FILE.replace("C:", "c:"),
  ])("%s names the workflow's file", (name) => {
    expect(isNamed(FILE, name)).toBe(true);
  });

  test.for(["plan", "otherWorkflow.ts", "D:\\planWorkflow"])("%s does not", (name) => {
    expect(isNamed(FILE, name)).toBe(false);
  });

  test("workflows are looked for below rootDir", () => {
    const project = { rootDir: "C:\\work\\mine\\kindeSrc" } as Parameters<
      typeof workflowsFolder
    >[0];
    expect(workflowsFolder(project)).toBe("C:\\work\\mine\\kindeSrc\\environment\\workflows");
  });

  test("paths in the files that new and init write have slashes", () => {
    expect(toPosix(win32.relative("C:\\work", "C:\\work\\src\\kinde"))).toBe("src/kinde");
  });
});
