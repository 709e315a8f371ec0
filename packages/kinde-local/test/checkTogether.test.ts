import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const using = (lines: string, body: string) =>
  `${lines}\n${workflow(body, ["kinde.accessToken", "kinde.env", "kinde.fetch"])}`;

/** Rules and lines of all findings about a workflow, in the order in which check reports them. */
async function rulesOf(source: string, more: Record<string, string> = {}): Promise<string[]> {
  const folder = makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: source, ...more });
  // Installed packages that Kinde does not install.
  for (const name of ["lodash", "dayjs"]) {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(join(folder, "node_modules", name, "index.js"), "module.exports = atob;");
  }
  const findings = await openKinde(folder).check();
  return findings.map(({ rule, line }) => `${rule} ${line}`);
}

const BAD_BODY = "kinde.env.get('A'); return atob(event.a) + (await fetch('/x'))";

describe("one check finds", () => {
  test("refused syntax and what the rules find in the same file", async () => {
    const found = await rulesOf(using("let a: unknown;", `a ??= 1; ${BAD_BODY}`));
    expect(found).toEqual(["logical-assignment 7", "absent-global 7", "absent-global 7"]);
  });

  test("each missing import and what the rules find in the same file", async () => {
    const lines = 'import { a } from "./absent";\nimport b from "no-such-package";';
    const found = await rulesOf(using(lines, `a(b); ${BAD_BODY}`));
    expect(found).toEqual([
      "unknown-import 1",
      "package-not-allowed 2",
      ...["absent-global 8", "absent-global 8"],
    ]);
  });

  test("each refused package, refused syntax and what the rules find", async () => {
    const lines = 'import a from "lodash";\nimport * as b from "dayjs";';
    const found = await rulesOf(using(lines, `let c = a ?? b; c ||= 1; ${BAD_BODY}`));
    expect(found).toEqual([
      ...["package-not-allowed 1", "package-not-allowed 2"],
      ...["logical-assignment 8", "absent-global 8", "absent-global 8"],
    ]);
  });

  test("a missing file, missing exports and what the rules find", async () => {
    const lines = `import { a } from "./absent";
import b, { c } from "./names";
import { fecth } from "@kinde/infrastructure";`;
    const found = await rulesOf(using(lines, `b(a, c, fecth); ${BAD_BODY}`), {
      [`${WORKFLOWS}/names.ts`]: "export const d = 1;",
    });
    expect(found).toEqual([
      ...["unknown-import 1", "unknown-import 2", "unknown-import 2", "unknown-import 3"],
      ...["absent-global 9", "absent-global 9"],
    ]);
  });

  test.for(["js", "jsx", "ts", "mts", "cts", "tsx"])(
    "a missing export of a .%s file, and what the rules find",
    async (ending) => {
      const lines = `import { a } from "./names.${ending}";`;
      const typed = /ts/.test(ending) ? ": number" : "";
      const found = await rulesOf(using(lines, `a(); ${BAD_BODY}`), {
        [`${WORKFLOWS}/names.${ending}`]: `export const b${typed} = 1;`,
      });
      expect(found).toEqual(["unknown-import 1", "absent-global 7", "absent-global 7"]);
    },
  );

  test("an export that was forgotten, and a reserved word", async () => {
    const lines = 'import { help, delete as remove } from "./helper";';
    const found = await rulesOf(using(lines, `help(remove); ${BAD_BODY}`), {
      [`${WORKFLOWS}/helper.ts`]: "function help() {}\nexport enum kinds { a = help() }",
    });
    expect(found).toEqual([
      ...["unknown-import 1", "unknown-import 1", "absent-global 7", "absent-global 7"],
    ]);
  });

  test("the mistakes in files that have the name of a missing file", async () => {
    const lines =
      'import { a } from "./util";\nimport { b } from "./sub/helper";\nimport c from ".";';
    const found = await rulesOf(using(lines, "return a ?? b ?? c"), {
      [`${WORKFLOWS}/sub/helper.ts`]: 'import { b2 } from "./util";\nexport const b = b2;',
      [`${WORKFLOWS}/sub/util.ts`]: "export const b2 = atob('');",
    });
    expect(found).toEqual(["unknown-import 1", "unknown-import 3", "absent-global 1"]);
  });

  test("a missing export of a JSON file", async () => {
    const found = await rulesOf(using('import { a } from "./data.json";', "return a"), {
      [`${WORKFLOWS}/data.json`]: '{"b": 1}',
    });
    expect(found).toEqual(["unknown-import 1"]);
  });

  test("each syntax error that the bundler finds, in two files", async () => {
    const lines = 'import { a } from "./one";\nimport { b } from "./two";';
    const found = await rulesOf(using(lines, "return a ?? b"), {
      [`${WORKFLOWS}/one.ts`]: "export const a = = 1;",
      [`${WORKFLOWS}/two.ts`]: "\nexport const b = = 1;",
    });
    expect(found.sort()).toEqual(["bundle 1", "bundle 2"]);
  });
});

test("a missing import causes no further findings", async () => {
  const found = await rulesOf(using('import { a } from "./absent";', "return a(event)"));
  expect(found).toEqual(["unknown-import 1"]);
});

test("a value from a missing import may be escaped, so it causes no finding in a URL", async () => {
  const lines = 'import { escape2 } from "./absent";';
  const url = "'https://a.example/?b=' + escape2(event.c)";
  const body = `return (await kinde.fetch(${url}, {})).json`;
  expect(await rulesOf(using(lines, body))).toEqual(["unknown-import 1"]);
});

test("a run still reports only the first problem", async () => {
  const lines = 'import { a } from "./absent";\nimport b from "no-such-package";';
  const folder = makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: using(lines, "return a(b)") });
  const { error } = await openKinde(folder).run();
  expect(error).toMatchObject({ code: "BUNDLE_FAILED", line: 1 });
});
