import { createKinde, type Kinde, type Run, type RunOptions } from "kinde-local";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

export const SUPABASE_URL = "https://project.supabase.co";
export const SECRET_KEY = "sb_secret_of-the-tests";
export const USER = "kp_0123456789abcdef0123456789ab9f3c";

/** What Supabase answers with. `$USER` in a body stands for the user who was asked for. */
export type Answer = { status: number; json?: unknown; text?: string };

/** Supabase as the tests want it, and the requests that reached it. */
export type FakeSupabase = {
  answer(answer: Answer | ((request: Request) => Response | Promise<Response>)): void;
  readonly requests: Request[];
};

/** Puts a fake Supabase on the network of every test in the file; any other request is an error. */
export function fakeSupabase(): FakeSupabase {
  const server = setupServer();
  const requests: Request[] = [];
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => {
    server.resetHandlers();
    requests.length = 0;
  });
  afterAll(() => server.close());
  return {
    requests,
    answer(answer) {
      server.use(
        http.all(`${SUPABASE_URL}/*`, ({ request }) => {
          requests.push(request);
          return typeof answer === "function" ? answer(request) : respond(answer, request);
        }),
      );
    },
  };
}

function respond(answer: Answer, request: Request): Response {
  const user = new URL(request.url).searchParams.get("kinde_id")?.replace(/^eq\./, "") ?? "";
  const isJson = answer.text === undefined;
  const body = isJson
    ? JSON.stringify(answer.json).replaceAll("$USER", JSON.stringify(user).slice(1, -1))
    : answer.text?.replaceAll("$USER", user);
  return new HttpResponse(body, {
    status: answer.status,
    headers: { "content-type": isJson ? "application/json" : "text/plain" },
  });
}

/** Kinde with this repository's workflow, closed when the file's tests are over. */
export function localKinde(project = "."): Kinde {
  const kinde = createKinde({
    project,
    env: { SUPABASE_URL, SUPABASE_SECRET_KEY: { value: SECRET_KEY, isSecret: true } },
  });
  afterAll(() => kinde.close());
  return kinde;
}

/** What a run came to, after what must be true of every run has been checked. */
export async function runSafely(kinde: Kinde, options: RunOptions = { user: USER }) {
  const run = await kinde.run(options);
  return { run, ...expectSafe(run, options) };
}

const LINE =
  /^profile_claims outcome=(found|missing|failed)( code=[A-Z_]+)? lifetime_subscriber=(true|false) profile_complete=(true|false) user=(kp[_:])?…[\w:-]{0,4} origin=\w+ ms=\d+( hint="[^"\n]*")?$/;

function expectSafe(run: Run, { user }: RunOptions) {
  expect(run.error, "the workflow threw").toBeNull();
  expect(run.completed).toBe(true);
  expect(run.tokenIssued).toBe(true);
  const { lifetime_subscriber, profile_complete } = run.claims.accessToken;
  expect(typeof lifetime_subscriber).toBe("boolean");
  expect(typeof profile_complete).toBe("boolean");

  expect(run.logs, "not exactly one log line").toHaveLength(1);
  const line = String(run.logs[0]?.arguments[0]);
  const [, outcome, code] = LINE.exec(line) ?? expect.fail(`not the log line's form: ${line}`);
  expect(run.logs[0]?.level).toBe(outcome === "failed" ? "error" : "info");
  expect(code !== undefined, "a code on failures, and only there").toBe(outcome === "failed");
  expect(line).not.toContain(SECRET_KEY);
  expect(line).not.toContain("project.supabase.co");
  if (user !== undefined && user.length > 4) {
    expect(line.slice("profile_claims".length)).not.toContain(user);
  }
  return {
    line,
    outcome,
    code: code?.replace(" code=", ""),
    claims: { lifetime_subscriber, profile_complete },
  };
}

export const BOTH_FALSE = { lifetime_subscriber: false, profile_complete: false };
