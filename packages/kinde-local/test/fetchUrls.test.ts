import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeProject, openKinde, WORKFLOWS, workflow } from "./support/project.ts";
import { jsonAnswer, type RawServer, startRawServer } from "./support/rawServer.ts";

/** What a Go HTTP client made of one URL. */
interface Recorded {
  url: string;
  requests?: string[];
  error?: string;
  authorization?: string;
}

/** URLs that this package treats differently from Go's client, each with its reason. */
const KNOWN_DIFFERENCES: Record<string, string> = {};

const file = join(import.meta.dirname, "fixtures/urls/recorded.json");
const recorded = (JSON.parse(readFileSync(file, "utf8")) as { get: Recorded[] }).get;

const source = workflow(`
  try { return { json: kinde.fetch(kinde.env.get("TARGET").value, { method: "GET", headers: {} }).json }; }
  catch (error) { return { error: error.message }; }
`);
const project = makeProject({ [`${WORKFLOWS}/urlWorkflow.ts`]: source }, afterAll);
const kinde = openKinde(project, { limits: { timeMs: 60_000 } }, afterAll);

let server: RawServer;
beforeAll(async () => {
  server = await startRawServer(({ line }) => {
    const path = line.split(" ")[1] ?? "";
    const status = Number(/^\/redirect(\d+)$/.exec(path)?.[1] ?? 302);
    if (path === "/redirectaway") return jsonAnswer(302, 1, ["location: http://127.0.0.1:1/x"]);
    if (path === "/redirectloop") return jsonAnswer(302, 1, ["location: /redirectloop"]);
    if (path.startsWith("/redirect"))
      return jsonAnswer(status, 1, [`location: /landed?from=${status}`]);
    return jsonAnswer(200, { ok: true });
  });
});
afterAll(() => server.close());

/** Replaces the address of the recorded server by that of this test's server. */
function here(text: string): string {
  return text
    .replace(/(?<![A-Z])HOST/g, `127.0.0.1:${server.port}`)
    .replaceAll("45871", `${server.port}`);
}

/** The requests, the error and the Authorization header that one URL leads to. */
async function fetchUrl(url: string): Promise<Omit<Recorded, "url">> {
  server.requests.length = 0;
  const run = await kinde.run({ env: { TARGET: here(url) } });
  const { error } = run.claims.accessToken.result as { error?: string };
  const requests = server.requests.map(({ line }) => line);
  const authorization = server.requests[0]?.headers.authorization;
  return {
    ...(requests.length > 0 && { requests }),
    ...(error !== undefined && { error }),
    ...(authorization !== undefined && { authorization }),
  };
}

function expected({ requests, error, authorization }: Recorded): Omit<Recorded, "url"> {
  return {
    ...(requests && { requests: requests.map(here) }),
    ...(error !== undefined && { error: here(error) }),
    ...(authorization && { authorization }),
  };
}

describe("kinde.fetch treats a URL as Go's client did", () => {
  const same = recorded.filter(({ url }) => !(url in KNOWN_DIFFERENCES));
  test.for(same.map((one) => [one.url.slice(0, 60), one] as const))("%j", async ([, one]) => {
    expect(await fetchUrl(one.url)).toEqual(expected(one));
  });

  test("in all 113 recorded cases", () => {
    expect(recorded).toHaveLength(113);
  });

  test.for(recorded.filter(({ url }) => url in KNOWN_DIFFERENCES))(
    "but $url still differs, so KNOWN_DIFFERENCES keeps it",
    async (one) => {
      expect(await fetchUrl(one.url)).not.toEqual(expected(one));
    },
  );
});
