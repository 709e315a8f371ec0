import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const PAGE = "kindeSrc/environment/pages/(kinde)/(default)/page.tsx";
const HEAD = `"use server";
import { getKindeWidget, type KindePageEvent } from "@kinde/infrastructure";
import React from "react";
import { renderToString } from "react-dom/server.browser";
import { Root } from "../../../../root";
const DefaultPage: React.FC<KindePageEvent> = ({ context }) => <Root>{getKindeWidget()}</Root>;
`;
const ROOT =
  'import React from "react";\nexport const Root = ({ children }) => <html><body>{children}</body></html>;';
const GOOD = `${HEAD}export default async function Page(event: KindePageEvent): Promise<string> {
  return renderToString(await DefaultPage(event));
}`;

/** Severity, rule and location of the findings about a page. */
async function judge(page: string, more: Record<string, string> = {}): Promise<string[]> {
  const folder = makeProject({ [PAGE]: page, "kindeSrc/root.tsx": ROOT, ...more });
  const findings = await openKinde(folder).check();
  return findings.map(
    ({ rule, severity, line, column }) => `${severity} ${rule} ${line}:${column}`,
  );
}

describe("a project that contains only pages", () => {
  test("has no findings and exit code 0 without installed packages", async () => {
    const folder = makeProject({ [PAGE]: GOOD, "kindeSrc/root.tsx": ROOT });
    const { code, stdout } = await kindeLocal("check", "--project", folder);
    expect(stdout).toContain("No findings.");
    expect(code).toBe(0);
  });

  test("has a finding when no file is a page", async () => {
    const folder = makeProject({ "kindeSrc/environment/pages/index.tsx": GOOD });
    const [found] = await openKinde(folder).check();
    expect(found).toMatchObject({
      rule: "no-workflows",
      message: expect.stringContaining("no page"),
    });
  });

  test("may have the allowed packages installed", async () => {
    expect(
      await judge(GOOD, {
        "node_modules/react/package.json": '{"name":"react","main":"index.js"}',
        "node_modules/react/index.js": "module.exports = { createElement() {} };",
      }),
    ).toEqual([]);
  });

  test("may also use liquidjs, and pages named page.js, page.jsx and page.ts", async () => {
    const folder = makeProject({
      "kindeSrc/environment/pages/(kinde)/(register)/page.ts":
        'import { Liquid } from "liquidjs"; export const pageSettings = { bindings: { url: {} } }; const Page = async () => new Liquid().parse("a"); export default Page;',
      "kindeSrc/environment/pages/page.js": "export default async () => `<html></html>`;",
      "kindeSrc/environment/pages/a/page.jsx": 'export { Page as default } from "./content";',
      "kindeSrc/environment/pages/a/content.jsx": "export async function Page() {}",
    });
    expect(await openKinde(folder).check()).toEqual([]);
  });
});

describe("a page", () => {
  test.for([
    [`${HEAD}export const a = DefaultPage;`, "error default-export 1:1"],
    [`${HEAD}export default { async Page() {} };`, "error default-export 7:16"],
    [
      `${HEAD}export default function Page(event) { renderToString(DefaultPage(event)); }`,
      "error default-not-async 7:16",
    ],
    [
      `${HEAD}export default function Page(event) { return renderToString(DefaultPage(event)); }`,
      "warning default-not-async 7:16",
    ],
    [`import _ from "lodash"; console.log(_); ${GOOD}`, "error package-not-allowed 1:15"],
    [
      `import { getKindeWigdet } from "@kinde/infrastructure"; export default async () => getKindeWigdet();`,
      "error unknown-import 1:10",
    ],
    ['import { a } from "./a"; export default async () => a;', "error unknown-import 1:19"],
    ["export default async () => <div>;", "error bundle 1:34"],
  ] as const)("with a mistake has a finding: %s", async ([page, expected]) => {
    expect(await judge(page)).toEqual([expected]);
  });

  test("with a refused package has a finding that names the allowed packages", async () => {
    const folder = makeProject({ [PAGE]: `import _ from "lodash"; export default async () => _;` });
    const [found] = await openKinde(folder).check();
    expect(found?.instead).toContain("react, react-dom/server.browser, liquidjs");
  });

  test("does not change the findings about workflows", async () => {
    const found = await judge(GOOD, { [`${WORKFLOWS}/aWorkflow.ts`]: workflow("return Intl") });
    expect(found).toContain("error absent-global 6:8");
  });

  test("does not make its packages allowed in workflows", async () => {
    const source = `import React from "react";\n${workflow("return React")}`;
    const folder = makeProject({ [`${WORKFLOWS}/aWorkflow.ts`]: source });
    expect((await openKinde(folder).check())[0]?.rule).toBe("package-not-allowed");
  });
});
