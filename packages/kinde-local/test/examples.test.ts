import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Env, Finding, Run, RunOptions } from "kinde-local";
import { afterAll, describe, expect, test } from "vitest";
import { openKinde } from "./support/project.ts";

/** What Kinde would do with a project that resembles published workflows. */
interface Expected {
  about: string;
  /** "rule file:line", in any order. */
  check: string[];
  env?: Env;
  /** The JSON bodies of the answers, by "METHOD url". */
  network?: Record<string, unknown>;
  /** The code of the error if the project cannot be run. */
  refused?: string;
  runs: { options?: RunOptions; run: Partial<Run>; requests?: Record<string, string>[] }[];
}

const FOLDER = join(import.meta.dirname, "fixtures/projects");
const projects = readdirSync(FOLDER).map((name) => {
  const expected = JSON.parse(
    readFileSync(join(FOLDER, name, "expected.json"), "utf8"),
  ) as Expected;
  return { name, ...expected };
});

const inShort = ({ rule, file, line }: Finding): string =>
  `${rule} ${basename(file ?? "")}:${line}`;

/** A network that answers only the listed requests, and records what it receives. */
function networkOf(answers: Record<string, unknown> = {}) {
  const requests: Record<string, string | null>[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const key = `${request.method} ${request.url}`;
    requests.push({
      authorization: request.headers.get("authorization"),
      body: await request.text(),
    });
    if (!(key in answers)) throw new TypeError(`nothing answers ${key}`);
    return Response.json(answers[key]);
  };
  return { fetch, requests };
}

describe("the project", () => {
  describe.for(projects)("$name", ({ name, check, env = {}, network, refused, runs }) => {
    const kinde = openKinde(join(FOLDER, name), { env }, afterAll);

    test("is judged by check as Kinde would judge it", async () => {
      const findings = await kinde.check();
      expect(findings.map(inShort).sort()).toEqual([...check].sort());
    });

    if (refused) {
      test("cannot be run", async () => {
        await expect(kinde.run()).rejects.toMatchObject({ code: refused });
      });
    }

    test.for(runs.map((run, index) => ({ index, ...run })))(
      "runs as at Kinde ($index)",
      async ({ options, run, requests }) => {
        const { fetch, requests: seen } = networkOf(network);
        const actual = await kinde.run({ ...options, fetch });
        expect(actual).toMatchObject(run);
        if (requests) expect(seen).toMatchObject(requests);
      },
    );
  });
});
