import { createKinde } from "kinde-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCures } from "../../../local/hosted/doctor/log/readCures.ts";
import { isLogGood, toLogText } from "../../../local/hosted/doctor/log/report.ts";
import { summarizeLog } from "../../../local/hosted/doctor/log/summarizeLog.ts";
import { ROOT } from "../../docs/support/files.ts";

const USER = "kp_00112233445566778899aabbccddeeff";
const kinde = createKinde({ project: ROOT });
afterAll(() => kinde.close());

/** The line that the workflow logs after this answer of Supabase. */
async function lineFor(status: number, body: unknown): Promise<string> {
  const run = await kinde.run({
    user: USER,
    env: { SUPABASE_URL: "https://example.supabase.co", SUPABASE_SECRET_KEY: "sb_secret_example" },
    fetch: async () => Response.json(body, { status }),
  });
  const [entry] = run.logs;
  return String(entry?.arguments[0]);
}

let found: string;
let missing: string;
let timeout: string;
beforeAll(async () => {
  const row = { kinde_id: USER, lifetime_subscriber: true, profile_complete: true };
  found = await lineFor(200, [row]);
  missing = await lineFor(200, []);
  timeout = await lineFor(500, { code: "57014", message: "canceling statement" });
});

const withMs = (line: string, ms: number) => line.replace(/ ms=\d+/, ` ms=${ms}`);

describe("the summary of a log", () => {
  test("counts outcomes and codes, in plain lines, JSON and CSV", async () => {
    const summary = await summarizeLog([
      `2026-11-26T10:00:00Z ${found}`,
      JSON.stringify({ timestamp: "2026-11-26T11:00:00.000Z", message: timeout }),
      `2026-11-26 12:00:00Z,info,"${missing.replaceAll('"', '""')}"`,
      "a line of another workflow",
      "",
    ]);
    expect(summary).toMatchObject({
      runs: 3,
      otherLines: 1,
      outcomes: { found: 1, missing: 1, failed: 1 },
      codes: { TIMEOUT: 1 },
      first: new Date("2026-11-26T10:00:00Z"),
      last: new Date("2026-11-26T12:00:00Z"),
    });
    expect(isLogGood(summary)).toBe(false);
  });

  test("shows the cure of each code, the slowest runs and a histogram", async () => {
    const summary = await summarizeLog([
      withMs(timeout, 2030),
      withMs(found, 12),
      withMs(missing, 25),
    ]);
    const text = toLogText(summary, readCures(ROOT));
    expect(text).toContain("TIMEOUT: 1\n  Fix:  check the database's load");
    expect(text).toMatch(/2030 ms +kp_…eeff +failed/);
    expect(text).toMatch(/below 30 ms +█{40} +2 \(67 %\)/);
    expect(text).toMatch(/below 3000 ms +█{20} +1 \(33 %\)/);
    expect(text).toContain("median 25 ms");
    expect(text).not.toContain(USER);
  });

  test("counts every run of a JSON array in one line", async () => {
    const summary = await summarizeLog([JSON.stringify([found, timeout, timeout])]);
    expect(summary).toMatchObject({ runs: 3, outcomes: { found: 1, failed: 2 } });
  });

  test("does not read the text of a claim as the time of the run", async () => {
    const line = withMs(found, 900).replace(" user=", ' plan="a ms=5 b" user=');
    expect(await summarizeLog([line])).toMatchObject({ medianMs: 900 });
  });

  test("succeeds if every lookup worked, with or without a row", async () => {
    expect(isLogGood(await summarizeLog([found, missing]))).toBe(true);
  });

  test("fails without a line of the workflow", async () => {
    const summary = await summarizeLog(["something else"]);
    expect(isLogGood(summary)).toBe(false);
    expect(toLogText(summary, new Map())).toContain("No line of the workflow");
  });
});

test("every code of the workflow has a cure in docs/troubleshooting.md", () => {
  expect(readCures(ROOT).get("NOT_CONFIGURED")).toBe(
    "the hint names it. Set it in Kinde, in this environment",
  );
  expect(readCures(ROOT).size).toBe(10);
});
