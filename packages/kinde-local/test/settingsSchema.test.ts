import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../schema/config.schema.json" with { type: "json" };
import kindeSchema from "../schema/kinde.schema.json" with { type: "json" };
import { DEFAULT_UNKNOWNS } from "../src/defaults.ts";
import { findProblem, type Schema } from "../src/settings/findProblem.ts";

const FULL = {
  envFile: ["a.env"],
  limits: { timeMs: 2_000 },
  unknowns: { missingVariable: "undefined", nonOkResponse: "throw" },
  workflows: { other: { envFile: "b.env", limits: { memoryMb: 64 } } },
};
/** Invalid settings, and a part of the message about each. */
const WRONG: readonly (readonly [unknown, string])[] = [
  [{ envfile: "a" }, 'There is no setting envfile. Did you mean "envFile"?'],
  [{ limits: { timeMS: 1 } }, 'There is no setting limits.timeMS. Did you mean "timeMs"?'],
  [{ limits: { timeMs: "1" } }, 'limits.timeMs is "1". Write a number above 0.'],
  [{ limits: { timeMs: 0 } }, "limits.timeMs is 0. Write a number above 0."],
  [{ limits: 1 }, "limits is 1. Write an object, such as {}."],
  [
    { unknowns: { nonOkResponse: "trow" } },
    'unknowns.nonOkResponse is "trow". Did you mean "throw"?',
  ],
  [{ unknowns: { nonOk: "throw" } }, "There is no setting unknowns.nonOk."],
  [{ envFile: 1 }, "envFile is 1. Write a string that is not empty or a list of strings."],
  [{ envFile: ["a", ""] }, 'envFile[1] is "". Write a string that is not empty.'],
  [{ workflows: { plan: { workflows: {} } } }, "There is no setting workflows.plan.workflows."],
  [{ workflows: { plan: null } }, "workflows.plan is null. Write an object, such as {}."],
  [[], "it holds []. Write an object, such as {}."],
  [null, "it holds null."],
  [{ answers: { "GET https://a.example/": { jsn: 1 } } }, 'Did you mean "json"?'],
  [{ answers: { "https://a.example/*": { status: 99 } } }, "Write a whole number from 200 to 599."],
  [
    { answers: { "https://a.example/*": { headers: { a: 1 } } } },
    "headers.a is 1. Write a string.",
  ],
  [{ constructor: 1 }, "There is no setting constructor."],
];

const RIGHT: readonly unknown[] = [
  {},
  { $schema: "./x.json" },
  FULL,
  { envFile: "a", workflows: { "any-id": {} } },
  { unknowns: DEFAULT_UNKNOWNS },
  { answers: { "GET https://a.example/*": { status: 404, headers: { a: "" }, json: null } } },
];

const accepts = (given: object): ValidateFunction => new Ajv({ strict: true }).compile(given);

describe("the schema of the settings", () => {
  test.for(WRONG)("refuses %j and names the location", ([value, message]) => {
    expect(findProblem(value, schema as Schema)).toContain(message);
    expect(accepts(schema)(value)).toBe(false);
  });

  test.for(RIGHT.map((value) => [value]))("accepts %j", ([value]) => {
    expect(findProblem(value, schema as Schema)).toBeNull();
    expect(accepts(schema)(value)).toBe(true);
  });
});

describe("the schema of kinde.json", () => {
  const validate = accepts(kindeSchema);

  test("accepts the kinde.json of every example that check accepts", () => {
    const folder = join(import.meta.dirname, "fixtures/projects");
    const files = readdirSync(folder).filter((name) => name !== "everything-wrong");
    expect(files.length).toBeGreaterThan(10);
    for (const name of files)
      expect(validate(JSON.parse(readFileSync(join(folder, name, "kinde.json"), "utf8")))).toBe(
        true,
      );
  });

  test.for([
    [{ rootDir: "kindeSrc" }],
    [{ version: "1" }],
    [{ version: "2024-12-09", rootDir: 1 }],
    [{ version: "2024-12-09", integrations: { npm: { enabled: "yes" } } }],
    [{ version: "2024-12-09", integrations: { npm: { enable: true } } }],
  ])("refuses %j", ([value]) => {
    expect(validate(value)).toBe(false);
  });
});
