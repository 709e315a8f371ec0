import { join } from "node:path";
import type { KindeOptions, RunOptions } from "kinde-local";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";

const CONFIG = "kinde-local.config.json";
const kindeIn = (folder: string, options: KindeOptions = {}) =>
  openKinde(folder, { settings: true, ...options });

describe("answers in the settings", () => {
  const ASKS = workflow('return kinde.fetch("https://a.example/plan").json;');
  const answering = (files: Record<string, string> = {}) =>
    makeProject({
      [`${WORKFLOWS}/testWorkflow.ts`]: ASKS,
      [CONFIG]: JSON.stringify({
        answers: { "GET https://a.example/*": { json: "general" } },
        workflows: { test: { answers: { "https://a.example/*": { file: "answers/own.json" } } } },
      }),
      "answers/own.json": '"own"',
      ...files,
    });
  const result = async (options: KindeOptions, run: RunOptions = {}, folder = answering()) =>
    (await kindeIn(folder, options).run(run)).claims.accessToken.result;

  test("of one workflow are tried before the general ones, and their paths are relative to the settings' folder", async () => {
    expect(await result({})).toBe("own");
    const folder = answering();
    expect(await kindeIn(folder).inputs()).toContain(join(folder, "answers/own.json"));
  });

  test("with the same key: the workflow's answer is used", async () => {
    const answers = (json: string) => ({ answers: { "https://a.example/*": { json } } });
    const config = { ...answers("general"), workflows: { test: answers("own") } };
    const folder = answering({ [CONFIG]: JSON.stringify(config) });
    expect(await result({}, {}, folder)).toBe("own");
  });

  test("are overridden by those of createKinde and of run, and by the option fetch", async () => {
    const answers = { "https://a.example/*": { json: "option" } };
    const fetch = async () => Response.json("fetch");
    expect(await result({ answers })).toBe("option");
    expect(await result({}, { answers })).toBe("option");
    expect(await result({ fetch })).toBe("fetch");
    expect(await result({}, { fetch })).toBe("fetch");
  });

  test("are overridden by the command's --answer and --fault", async () => {
    const folder = answering({ "line.json": '"line"' });
    const line = ["--answer", `https://a.example/*=${join(folder, "line.json")}`];
    const answered = await kindeLocal("run", "--json", "--project", folder, ...line);
    expect(JSON.parse(answered.stdout).claims.accessToken.result).toBe("line");
    const failed = await kindeLocal("run", "--json", "--project", folder, "--fault", "unreachable");
    expect(JSON.parse(failed.stdout).error.name).toBe("GoError");
  });
});
