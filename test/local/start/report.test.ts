import { expect, test } from "vitest";
import { toTable } from "../../../local/start/report.ts";

test("npm start writes control characters of a log line as escapes", () => {
  const run = {
    user: "kp_1",
    claims: { plan: "\u001b[2J" },
    outcome: "error",
    code: null,
    ms: 1,
    log: ["wiped \u001b[2J\u009b\u202e\nRuntime log"],
  };
  const table = toTable([run], { wholeIds: true });
  expect(table).toContain("wiped \\u001b[2J\\u009b\\u202e\n    Runtime log");
  expect(table).not.toContain("\u001b");
});
