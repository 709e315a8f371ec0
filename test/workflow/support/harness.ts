import { createKinde, type Kinde, type Run, type RunOptions } from "kinde-local";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import {
  type ClaimSource,
  valuesWhenUnknown,
} from "../../../kindeSrc/environment/workflows/profileClaims/claimTable.ts";
import { PROFILE_CLAIMS } from "../../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";

/** All claims with their unknown value, for any content of PROFILE_CLAIMS. */
export const UNKNOWN_CLAIMS = valuesWhenUnknown(PROFILE_CLAIMS);

/** The columns the workflow asks for. */
export const COLUMNS = [
  ...new Set(["kinde_id", ...Object.values(PROFILE_CLAIMS).map(({ column }) => column)]),
];

/** A row whose claims have their values for an unknown row, apart from the given values. */
export function profileRow(values: Record<string, unknown> = {}, user: string = "$USER") {
  const columns = Object.values(PROFILE_CLAIMS).map(({ column, whenUnknown }) => [
    column,
    whenUnknown,
  ]);
  return { kinde_id: user, ...Object.fromEntries(columns), ...values };
}

export const SUPABASE_URL = "https://project.supabase.co";
/** A Supabase on the same machine. */
export const LOCAL_URLS = ["http://127.0.0.1:54321", "http://localhost:54321"];
export const SECRET_KEY = "sb_secret_of-the-tests";
export const USER = "kp_0123456789abcdef0123456789ab9f3c";

/**
 * Supabase's answer. In a body, `$USER` is the requested user, and `{ "$profile": {…} }` is a
 * complete row of that user with these values.
 */
export type Answer = { status: number; json?: unknown; text?: string };

/** A fake Supabase, and the requests that reached it. */
export type FakeSupabase = {
  answer(answer: Answer | ((request: Request) => Response | Promise<Response>)): void;
  readonly requests: Request[];
};

/** Puts a fake Supabase on the network of every test in the file; any other request is an error. */
export function fakeSupabase(): FakeSupabase {
  const requests: Request[] = [];
  let answerNow: Parameters<FakeSupabase["answer"]>[0] | undefined;
  // One handler for the whole file, because msw gets slower with each added handler.
  const server = setupServer(
    ...[SUPABASE_URL, ...LOCAL_URLS].map((url) =>
      http.all(`${url}/*`, ({ request }) => {
        if (answerNow === undefined) throw new Error("The test set no answer for Supabase.");
        requests.push(request);
        return typeof answerNow === "function" ? answerNow(request) : respond(answerNow, request);
      }),
    ),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => {
    answerNow = undefined;
    requests.length = 0;
  });
  afterAll(() => server.close());
  return {
    requests,
    answer(answer) {
      answerNow = answer;
    },
  };
}

function respond(answer: Answer, request: Request): Response {
  const user = new URL(request.url).searchParams.get("kinde_id")?.replace(/^eq\./, "") ?? "";
  const isJson = answer.text === undefined;
  const inBody = isJson ? JSON.stringify(user).slice(1, -1) : user;
  const text = answer.text ?? JSON.stringify(answer.json, expandProfile);
  // A function, because `$$` and `$&` have a special meaning in a replacement string.
  const body = text.replaceAll("$USER", () => inBody);
  return new HttpResponse(body, {
    status: answer.status,
    headers: { "content-type": isJson ? "application/json" : "text/plain" },
  });
}

function expandProfile(_: string, value: unknown): unknown {
  const profile = (value as { $profile?: Record<string, unknown> } | null)?.$profile;
  return profile === undefined ? value : profileRow(profile);
}

/** Kinde with a project's workflows (default: this repository), closed after the file's tests. */
export function localKinde(project = "."): Kinde {
  const kinde = createKinde({
    project,
    env: { SUPABASE_URL, SUPABASE_SECRET_KEY: { value: SECRET_KEY, isSecret: true } },
  });
  afterAll(() => kinde.close());
  return kinde;
}

/** The result of a run, after the checks that apply to every run. */
export async function runSafely(kinde: Kinde, options: RunOptions = { user: USER }) {
  const run = await kinde.run(options);
  return { run, ...expectSafe(run, options) };
}

const CLAIMS_IN_LINE = Object.keys(PROFILE_CLAIMS)
  .map((name) => `${name}=\\S+ `)
  .join("");
const LINE = new RegExp(
  `^profile_claims outcome=(found|missing|failed)( code=[A-Z_]+)? ${CLAIMS_IN_LINE}user=(?:kp[_:])?…[\\w:-]{0,4} origin=[a-z_]+ ms=\\d+( hint="[^"\\n]*")?$`,
);

function expectSafe(run: Run, { user }: RunOptions) {
  expect(run.error, "the workflow threw").toBeNull();
  expect(run.completed).toBe(true);
  expect(run.goesOn).toBe(true);
  const claims = run.claims.accessToken;
  for (const [name, { type }] of Object.entries<ClaimSource>(PROFILE_CLAIMS)) {
    if (typeof type === "string") expect(typeof claims[name], name).toBe(type);
    else expect(type, name).toContain(claims[name]);
  }

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
    claims: Object.fromEntries(Object.keys(PROFILE_CLAIMS).map((name) => [name, claims[name]])),
  };
}
