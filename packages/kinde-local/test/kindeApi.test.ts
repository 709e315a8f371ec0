import { join } from "node:path";
import type { KindeApiContent, RunOptions } from "kinde-local";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, describe, expect, test } from "vitest";
import { makeProject, openKinde, WORKFLOWS } from "./support/project.ts";

const USER = "kp_0123456789abcdef0123456789abcdef";
const ORG = "org_0123456789a";

const CONTENT: KindeApiContent = {
  users: [
    {
      id: "kp_ada",
      email: "ada@acme.example",
      first_name: "Ada",
      properties: { plan: "pro" },
      organizations: { org_acme: ["admin"] },
    },
    { id: "kp_bob" },
  ],
  organizations: [{ code: "org_acme", name: "Acme", properties: { tier: "gold" } }],
  roles: [
    { key: "admin", name: "Admin" },
    { key: "viewer", name: "Viewer" },
  ],
  properties: [{ key: "plan", name: "Plan" }],
};

/** A workflow that makes the calls `[method, endpoint, params]` in its variable CALLS. */
const source = `import { createKindeAPI, type onUserTokenGeneratedEvent } from "@kinde/infrastructure";
export const workflowSettings = {
  id: "api",
  trigger: "user:tokens_generation",
  bindings: { "kinde.accessToken": {}, "kinde.env": {}, "kinde.fetch": {}, url: {} },
};
export default async function (event: onUserTokenGeneratedEvent) {
  const api: any = await createKindeAPI(event);
  const results = [];
  for (const [method, endpoint, params] of JSON.parse(kinde.env.get("CALLS").value)) {
    results.push((await api[method]({ endpoint, params })).data);
  }
  kinde.accessToken.setCustomClaim("results", results);
}
`;
const project = makeProject({ [`${WORKFLOWS}/apiWorkflow.ts`]: source }, afterAll);
const kinde = openKinde(project, {}, afterAll);

type Call = [method: string, endpoint: string, params?: object];

async function run(calls: Call[], options: RunOptions = {}) {
  const env = {
    KINDE_WF_M2M_CLIENT_ID: "client",
    KINDE_WF_M2M_CLIENT_SECRET: { value: "the secret", isSecret: true },
    CALLS: JSON.stringify(calls),
  };
  return await kinde.run({ env, network: false, ...options });
}

/** The answers to the calls. */
async function ask(calls: Call[], options: RunOptions = {}) {
  const { claims, error } = await run(calls, { kindeApi: CONTENT, ...options });
  expect(error).toBeNull();
  return claims.accessToken.results as Record<string, unknown>[];
}

describe("Kinde's API answers without a network", () => {
  test("with the user and the organization of the event, when no content is given", async () => {
    const calls: Call[] = [
      ["get", "user", { id: USER }],
      ["get", `organizations/${ORG}/users/${USER}/roles`],
    ];
    const done = await run(calls);
    expect(done.claims.accessToken.results).toMatchObject([
      { id: USER, preferred_email: "ada@example.com", organizations: [ORG] },
      { roles: [{ id: "role_admin", key: "admin", name: "Admin" }] },
    ]);
    expect(done.fetches.map(({ method, url, answeredBy }) => [method, url, answeredBy])).toEqual([
      ["POST", "https://example.kinde.com/oauth2/token", "kindeApi"],
      ["GET", "https://example.kinde.com/api/v1/user", "kindeApi"],
      [
        "GET",
        `https://example.kinde.com/api/v1/organizations/${ORG}/users/${USER}/roles`,
        "kindeApi",
      ],
    ]);
    const other = await run([["get", "user", { id: "kp_x" }]], { user: "kp_x", org: "org_x" });
    expect(other.claims.accessToken.results).toMatchObject([{ organizations: ["org_x"] }]);
  });

  test("with users, by id and by email", async () => {
    expect(
      await ask([
        ["get", "users"],
        ["get", "users", { user_id: "kp_bob" }],
        ["get", "users", { email: "ADA@acme.example" }],
        ["get", "user", { id: "kp_gone" }],
      ]),
    ).toMatchObject([
      { code: "OK", users: [{ id: "kp_ada" }, { id: "kp_bob", email: null }], next_token: null },
      { users: [{ id: "kp_bob" }] },
      { users: [{ id: "kp_ada", email: "ada@acme.example", first_name: "Ada" }] },
      { errors: [{ code: "USER_NOT_FOUND" }] },
    ]);
  });

  test("with properties, which a run can change", async () => {
    const values = (...pairs: [string, string][]) => ({
      properties: pairs.map(([key, value]) => expect.objectContaining({ key, value })),
    });
    expect(
      await ask([
        ["get", "users/kp_ada/properties"],
        ["patch", "users/kp_ada/properties", { properties: { plan: "free", seats: 3 } }],
        ["put", "users/kp_ada/properties/seats?value=4"],
        ["get", "users/kp_ada/properties"],
        ["get", "organizations/org_acme/properties"],
        ["get", "properties"],
      ]),
    ).toMatchObject([
      values(["plan", "pro"]),
      { code: "OK" },
      { code: "OK" },
      values(["plan", "free"], ["seats", "4"]),
      values(["tier", "gold"]),
      { properties: [{ key: "plan", name: "Plan" }] },
    ]);
  });

  test("and the next run starts without the changes of an earlier run", async () => {
    await ask([["patch", "users/kp_ada/properties", { properties: { plan: "free" } }]]);
    expect(await ask([["get", "users/kp_ada/properties"]])).toMatchObject([
      { properties: [{ value: "pro" }] },
    ]);
  });

  test("with organizations, members and roles", async () => {
    expect(
      await ask([
        ["get", "organizations"],
        ["post", "organizations/org_acme/users", { users: [{ id: "kp_bob", roles: ["viewer"] }] }],
        ["post", "organizations/org_acme/users/kp_bob/roles", { role_id: "role_admin" }],
        ["delete", "organizations/org_acme/users/kp_bob/roles/role_viewer"],
        ["get", "organizations/org_acme/users"],
        ["delete", "organizations/org_acme/users/kp_ada"],
        ["get", "organizations/org_acme/users/kp_ada/roles"],
        ["get", "roles"],
      ]),
    ).toMatchObject([
      { organizations: [{ code: "org_acme", name: "Acme" }] },
      { users_added: ["kp_bob"] },
      { code: "OK" },
      { code: "OK" },
      {
        organization_users: [
          { id: "kp_ada", roles: ["admin"] },
          { id: "kp_bob", roles: ["admin"] },
        ],
      },
      { code: "OK" },
      { errors: [{ code: "USER_NOT_FOUND" }] },
      { roles: [{ key: "admin" }, { key: "viewer" }] },
    ]);
  });

  test("and creates users and organizations, with ids that are the same in every run", async () => {
    const identities = [{ type: "email", details: { email: "new@acme.example" } }];
    const calls: Call[] = [
      ["post", "user", { profile: { given_name: "New" }, identities }],
      ["post", "user", { identities }],
      ["post", "organization", { name: "Fresh" }],
    ];
    const first = await ask(calls);
    expect(first).toMatchObject([
      { id: expect.stringMatching(/^kp_[0-9a-f]{32}$/), created: true },
      { id: first[0]?.id, created: false },
      { organization: { code: expect.stringMatching(/^org_[0-9a-f]{11}$/) } },
    ]);
    expect(await ask(calls)).toEqual(first);
  });

  test("from a JSON file", async () => {
    const kindeApi = join(
      makeProject({ "kinde.api.json": JSON.stringify(CONTENT) }),
      "kinde.api.json",
    );
    expect(await ask([["get", "user", { id: "kp_ada" }]], { kindeApi })).toMatchObject([
      { first_name: "Ada" },
    ]);
  });
});

describe("Kinde's API is not imitated", () => {
  const CALLS: Call[] = [["get", "user", { id: USER }]];
  const event = {
    context: { domains: { kindeDomain: "http://127.0.0.1:1" }, user: { id: USER } },
  };
  const fetch = async (input: unknown) =>
    Response.json(`${input}`.endsWith("/token") ? { access_token: "t" } : "mine");

  test("when it is switched off", async () => {
    await expect(run(CALLS, { kindeApi: false })).rejects.toMatchObject({ code: "NO_ANSWER" });
  });

  test("when the option fetch or msw answers, unless kindeApi is switched on", async () => {
    expect((await run(CALLS, { fetch })).claims.accessToken.results).toEqual(["mine"]);
    expect(await ask(CALLS, { fetch, kindeApi: true })).toMatchObject([{ id: USER }]);
    const msw = setupServer(
      http.post("https://example.kinde.com/oauth2/token", () =>
        HttpResponse.json({ access_token: "t" }),
      ),
      http.get("https://example.kinde.com/api/v1/user", () => HttpResponse.json("msw")),
    );
    msw.listen({ onUnhandledRequest: "error" });
    const done = await run(CALLS, { network: true });
    msw.close();
    expect(done.claims.accessToken.results).toEqual(["msw"]);
  });

  test("at a custom domain while there is a network, unless kindeApi is switched on", async () => {
    const online = await run(CALLS, { event, network: true });
    expect(online.error?.message).toContain("connection refused");
    expect(await ask(CALLS, { event, network: true, kindeApi: true })).toMatchObject([
      { id: USER },
    ]);
    expect((await run(CALLS, { event })).claims.accessToken.results).toMatchObject([{ id: USER }]);
  });

  test("when an answer is given, or when the endpoint is unknown", async () => {
    const answers = { "GET https://example.kinde.com/api/v1/user": { json: "own" } };
    expect((await run(CALLS, { answers })).claims.accessToken.results).toEqual(["own"]);
    await expect(run([["get", "applications"]])).rejects.toThrow(
      "No answer matches GET https://example.kinde.com/api/v1/applications,",
    );
  });
});

describe("an invalid value of kindeApi is refused", () => {
  test.for([
    [{ people: [] }, 'has a member "people". It may have users, organizations, roles, properties'],
    [{ users: {} }, 'has a member "users" that is not a list'],
    [{ users: [{ email: "a@b.c" }] }, 'has in users[0] no member "id"'],
    [{ users: [{ id: "a", name: "b" }] }, 'has in users[0] a member "name"'],
    [{ roles: [{ key: "a", name: 1 }] }, 'has in roles[0] a member "name" of the wrong type'],
  ] as const)("%j", async ([kindeApi, text]) => {
    const options = { kindeApi: kindeApi as unknown as KindeApiContent };
    await expect(run([], options)).rejects.toThrow(`kindeApi ${text}`);
  });

  test("and so is a file that does not exist", async () => {
    await expect(run([], { kindeApi: "gone.json" })).rejects.toThrow(
      "gone.json, given for kindeApi, cannot be read",
    );
  });
});
