import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "kinde-local";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { CLI, kindeLocal } from "./support/command.ts";
import { makeProject, projectWith, WORKFLOWS, workflow } from "./support/project.ts";

const API = "https://api.example.com";
const asks = (url: string): string =>
  `return kinde.fetch("${url}", { method: "GET", headers: {} }).json`;

const folder = makeProject(
  {
    [`${WORKFLOWS}/testWorkflow.ts`]: workflow(asks(`${API}/a?id=1`)),
    "body.json": '{"from":"file"}',
    "full.answer.json": '{"status":402,"headers":{"x-a":"1"},"json":{"from":"answer"}}',
    "bad.answer.json": '{"body":1}',
  },
  afterAll,
);
const at = (name: string): string => join(folder, name);

describe("--answer", () => {
  test.for([
    [`GET ${API}/a=${at("body.json")}`, 200, { from: "file" }],
    [`GET ${API}/a?id=1=${at("body.json")}`, 200, { from: "file" }],
    [`GET ${API}/a?id=1=status=404`, 404, { message: "status 404" }],
    [`${API}/*=status=500,${at("body.json")}`, 500, { from: "file" }],
    [`${API}/*=${at("full.answer.json")}`, 402, { from: "answer" }],
    [`${API}/*=status=403,${at("full.answer.json")}`, 403, { from: "answer" }],
  ] as const)("%s", async ([answer, status, body]) => {
    const flags = ["--project", folder, "--no-network", "--json", "--answer", answer];
    const { stdout } = await kindeLocal("run", ...flags);
    const run = JSON.parse(stdout) as Run;
    expect(run.fetches[0]).toMatchObject({ status, answeredBy: "answers" });
    expect(run.claims.accessToken.result).toEqual(body);
  });

  test.for([
    [
      `GET ${API}/a`,
      "has no answer after the request. Write it like --answer 'GET https://api.example.com/*=file.json'",
    ],
    [`GET ${API}/a=`, "has no answer"],
    [`GET /a=${at("body.json")}`, '"GET /a" does not say which requests it answers'],
    [`GET ${API}/a=gone.json`, "names a file that cannot be read"],
    [`GET ${API}/a=status=999`, "has the status 999. Write a whole number from 200 to 599"],
    [`GET ${API}/a=${at("bad.answer.json")}`, 'has a member "body"'],
  ] as const)("%s is refused", async ([answer, text]) => {
    const { code, stderr } = await kindeLocal("run", "--project", folder, "--answer", answer);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("is named in the list of fetches", async () => {
    const answer = `GET ${API}/a=${at("body.json")}`;
    const { stdout } = await kindeLocal("run", "--project", folder, "--answer", answer);
    expect(stdout).toMatch(
      /GET https:\/\/api\.example\.com\/a\?id=1 {2}200 {2}\d+ ms {2}\(your answer\)/,
    );
  });

  test("leaves other requests to --fault", async () => {
    const project = projectWith(
      `return ["a", "b"].map((path) => { try { return kinde.fetch("${API}/" + path, { method: "GET", headers: {} }).json } catch { return "failed" } })`,
    );
    const flags = ["--fault", "unreachable", "--answer", `GET ${API}/a=${at("body.json")}`];
    const { stdout } = await kindeLocal("run", "--project", project, "--json", ...flags);
    expect((JSON.parse(stdout) as Run).claims.accessToken.result).toEqual([
      { from: "file" },
      "failed",
    ]);
  });

  test("causes a new run under --watch when its file is saved", async () => {
    const file = join(makeProject({ "body.json": "1" }), "body.json");
    const flags = ["--project", folder, "--watch", "--json", "--answer", `GET ${API}/a=${file}`];
    const child = spawn(CLI, ["run", ...flags]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const isThere = (stream: "stdout" | "stderr", text: string): Promise<void> =>
      new Promise((resolve) => {
        child[stream].on("data", (chunk) => String(chunk).includes(text) && resolve());
      });
    await isThere("stderr", "watching");
    writeFileSync(file, '"saved"');
    await isThere("stdout", '"result":"saved"');
  });
});

test("--record keeps a secret of the env file out of the folder, and --replay says what is missing", async () => {
  const project = projectWith(
    `return kinde.fetch("http://127.0.0.1:1/x?key=" + kinde.env.get("API_KEY").value, {
    method: "GET", headers: {} }).json`,
    { ".env": "API_KEY=s3cret-value" },
  );
  const into = join(project, "recording");
  const flags = ["--project", project, "--env", join(project, ".env")];
  expect((await kindeLocal("run", ...flags, "--record", into)).code).toBe(1);
  const [name = ""] = readdirSync(into);
  const text = readFileSync(join(into, name), "utf8");
  expect(text).toContain("/x?key=[redacted]");
  expect(text).toContain('"failure": "dial tcp 127.0.0.1:1: connect: connection refused"');

  const missing = await kindeLocal("run", "--project", folder, "--replay", into);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain(`does not hold GET ${API}/a. Record it with --record ${into}`);
});
