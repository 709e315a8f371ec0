import { win32 } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

/** Loads the functions under test with Windows's rules for paths, on any system. */
async function loadOnWindows() {
  vi.doMock("node:path", () => ({ ...win32, win32, default: win32 }));
  // Other files in this process may have loaded them with the paths of this system.
  vi.resetModules();
  const { showPlace } = await import("../src/cli/codeFrame.ts");
  const { filesNamed } = await import("../src/project/chooseWorkflow.ts");
  const { workflowsFolder } = await import("../src/project/findWorkflowFiles.ts");
  const { isBelow } = await import("../src/isBelow.ts");
  const { toPosix } = await import("../src/scaffold/paths.ts");
  return { showPlace, filesNamed, isBelow, workflowsFolder, toPosix };
}
let loaded: Awaited<ReturnType<typeof loadOnWindows>>;
beforeAll(async () => {
  loaded = await loadOnWindows();
});
afterAll(() => {
  vi.doUnmock("node:path");
  vi.resetModules();
});

beforeEach(() => void vi.spyOn(process, "cwd").mockReturnValue("C:\\work\\mine"));
afterEach(() => void vi.restoreAllMocks());

const FILE = "C:\\work\\mine\\kindeSrc\\environment\\workflows\\planWorkflow.ts";

describe("on Windows", () => {
  test("a file in the current folder is shown with a relative path, another file with its whole path", () => {
    const place = { line: 3, column: 4 };
    expect(loaded.showPlace({ file: FILE, ...place })).toBe(
      "kindeSrc\\environment\\workflows\\planWorkflow.ts:3:4",
    );
    for (const file of ["C:\\work\\other\\a.ts", "D:\\a.ts"])
      expect(loaded.showPlace({ file, ...place })).toBe(`${file}:3:4`);
  });

  test.for([
    "planWorkflow.ts",
    FILE,
    "kindeSrc/environment/workflows/planWorkflow.ts",
    ".\\kindeSrc\\environment\\workflows\\planWorkflow.ts",
    // VS Code writes the letter of the drive in lower case.
    FILE.replace("C:", "c:"),
  ])("%s names the workflow's file", (name) => {
    expect(loaded.filesNamed([FILE], name)).toEqual([FILE]);
  });

  test.for(["plan", "otherWorkflow.ts", "D:\\planWorkflow"])(
    "%s does not name the workflow's file",
    (name) => {
      expect(loaded.filesNamed([FILE], name)).toEqual([]);
    },
  );

  test("workflows are searched below rootDir", () => {
    const project = { rootDir: "C:\\work\\mine\\kindeSrc" } as Parameters<
      typeof loaded.workflowsFolder
    >[0];
    expect(loaded.workflowsFolder(project)).toBe(
      "C:\\work\\mine\\kindeSrc\\environment\\workflows",
    );
  });

  test("paths in the files that new and init write have slashes", () => {
    expect(loaded.toPosix(win32.relative("C:\\work", "C:\\work\\src\\kinde"))).toBe("src/kinde");
  });

  test("a path on another drive, or next to the folder, is not below the folder", () => {
    expect(loaded.isBelow(FILE, "C:\\work\\mine")).toBe(true);
    for (const path of ["D:\\x.ts", "C:\\work\\mine2\\x.ts", "C:\\work", "C:\\work\\mine"]) {
      expect(loaded.isBelow(path, "C:\\work\\mine"), path).toBe(false);
    }
    expect(loaded.isBelow("C:\\work\\mine\\..x\\a.ts", "C:\\work\\mine")).toBe(true);
  });
});
