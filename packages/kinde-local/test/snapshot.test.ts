import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { runSerializer } from "kinde-local/snapshot";
import { expect, onTestFinished, test } from "vitest";
import { stableText } from "../src/snapshot/stableText.ts";
import { kindeWith, workflow } from "./support/project.ts";

expect.addSnapshotSerializer(runSerializer);

/** Starts a server that answers `{}`, on a different free port each time. */
async function startServer(): Promise<string> {
  const server = createServer((_, response) => void response.end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const SOURCE = workflow(`
  kinde.fetch(kinde.env.get("URL").value + "/users/" + event.context.user.id);
  console.log("seen at", new Date(), Date.now(), "5d0c8b6f-2f4e-4c7a-9b1e-3d5f7a8c9e01");
  if (event.context.user.id.startsWith("kp_bad")) throw new Error("not " + event.context.user.id);
  return { plan: "pro", price: 1500000 };`);

test("a run is written without ids, times, durations, ports and folders", async () => {
  const kinde = kindeWith(SOURCE, { env: { URL: await startServer() } });
  const run = await kinde.run({ user: "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01" });
  const text = runSerializer.serialize(run, {}, "", 0, [], (value) =>
    JSON.stringify(value, null, 2),
  );
  expect(text).toContain('"price": 1500000');
  expect(text).toContain('"file": "testWorkflow.ts"');
  expect(text).toContain('"url": "http://127.0.0.1:<port>/users/kp_<id>"');
  expect(text.replace(/\s+/g, "")).toContain('["seenat","<time>","<time>","<uuid>"]');
  expect(text).not.toMatch(/"ms"|"limits"|\/tmp|kp_5d0c/);
});

test("two runs with different users, times and servers give the same snapshot", async () => {
  const texts = [];
  for (const user of [
    "kp_bad0123456789abcdef0123456789abc",
    "kp_bad5123456789abcdef0123456789abc",
  ]) {
    const kinde = kindeWith(SOURCE, { env: { URL: await startServer() } });
    const run = await kinde.run({ user });
    expect(run.error?.line).toBe(9);
    texts.push(runSerializer.serialize(run, {}, "", 0, [], (value) => JSON.stringify(value)));
  }
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).toContain('"message":"not kp_<id>"');
});

test("the test runner writes a run as `Run { … }`", () => {
  const workflow = { id: "plan", file: "C:\\work\\planWorkflow.ts" };
  const lists = { claims: { accessToken: { plan: "pro" } }, logs: [], fetches: [] };
  const run = { workflow, stage: "run", ...lists, error: null, ms: 1.5, limits: { timeMs: 1 } };
  expect(run).toMatchInlineSnapshot(`
    Run {
      "claims": {
        "accessToken": {
          "plan": "pro",
        },
      },
      "error": null,
      "fetches": [],
      "logs": [],
      "stage": "run",
      "workflow": {
        "file": "planWorkflow.ts",
        "id": "plan",
      },
    }
  `);
});

test("values that are not a run are left to the test runner", () => {
  for (const value of [null, 1, "run", [], {}, { claims: {}, logs: [] }])
    expect(runSerializer.test(value)).toBe(false);
});

test.for([
  ["org_0123456789a", "org_<id>"],
  ["user_id=kp%3A0123456789", "user_id=kp%3A<id>"],
  ["org_codes", "org_codes"],
  ["2026-11-26T14:31:24.123Z!", "<time>!"],
  ["2026-11-26", "2026-11-26"],
  ["http://localhost:8080/a", "http://localhost:<port>/a"],
  ["https://example.com:8443/a", "https://example.com:8443/a"],
] as const)("%s is written as %s", ([text, stable]) => {
  expect(stableText(text)).toBe(stable);
});
