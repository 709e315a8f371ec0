import { describe, expect, test } from "vitest";
import { useKinde } from "./support/project.ts";

const sharedKinde = useKinde();
const SETTINGS =
  'export const workflowSettings = { id: "a", trigger: "user:tokens_generation", bindings: {} };\n';

async function judge(source: string): Promise<string[]> {
  const findings = await sharedKinde(SETTINGS + source).check();
  return findings.map(
    ({ rule, line, column, message, instead }) =>
      `${rule} ${line}:${column} ${message} | ${instead}`,
  );
}

describe("check says how to replace an exported object with a function", () => {
  test.for([
    [
      "export default { async handle(event) {} };",
      "2:18 The default export is an object with the function handle, not a function. | Write `export default async function handle(event) { … }`.",
    ],
    [
      "const workflow = { name: 'a', run: async ({ context }, more) => context };\nexport default workflow;",
      "2:31 The default export is an object with the function run, not a function. | Write `export default async function run({context}, more) { … }`.",
    ],
    [
      'export default { async "on-token"() {} };',
      "2:18 The default export is an object with the function on-token, not a function. | Write `export default async function workflow(event) { … }`.",
    ],
  ] as const)("%s", async ([source, expected]) => {
    expect(await judge(source)).toEqual([`default-export ${expected}`]);
  });

  test("and reports other exported values as a missing function", async () => {
    expect(await judge("export default { name: 'a' };")).toEqual([
      "default-export 1:1 no default function exported. | Write `export default async function workflow(event) { … }`.",
    ]);
  });
});

describe("check finds a default function that does not return a promise", () => {
  test.for([
    ["export default function workflow() {}", 1],
    ["const workflow = () => {}; export default workflow;", 1],
    ["function a() {} export { a as default };", 1],
    ["export default function workflow() { return Promise.resolve(1); }", 0],
    ["export default () => Promise.resolve(1);", 0],
    ["const a = async () => {}; const b = a; export default b;", 0],
  ] as const)("%s", async ([source, count]) => {
    const found = (await judge(source)).filter((text) => text.startsWith("default-not-async"));
    expect(found.length).toBe(count);
  });
});
