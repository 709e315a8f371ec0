import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { useStack } from "./support/stack.ts";

const stack = useStack();

const ONE = "/rest/v1/profiles?select=kinde_id&limit=1";
const NO_KEY = {
  message: "No API key found in request",
  hint: "No `apikey` request header or url param was found.",
};
const INVALID_KEY = {
  message: "Invalid API key",
  hint: "Double check your Supabase `apikey`",
};

async function get(headers: Record<string, string>, path = ONE) {
  const response = await fetch(stack.supabase.url + path, { headers });
  return { status: response.status, body: await response.json() };
}

describe("the key in apikey", () => {
  test("is required", async () => {
    expect(await get({})).toEqual({ status: 401, body: NO_KEY });
  });

  test("is refused if it belongs to another project", async () => {
    expect(await get({ apikey: "sb_secret_wrong" })).toEqual({ status: 401, body: INVALID_KEY });
  });

  test("is refused if it is a token but not one of the project's keys", async () => {
    const apikey = await stack.supabase.mintJwt({ role: "service_role" });
    expect(await get({ apikey })).toEqual({ status: 401, body: INVALID_KEY });
  });

  test.each(["secretKey", "workflowKey"] as const)(
    "is refused from a browser if it is secret (%s)",
    async (key) => {
      const headers = { apikey: stack.supabase[key], "user-agent": "Mozilla/5.0 (X11; Linux)" };
      const body = { message: "Forbidden use of secret API key in browser" };
      expect(await get(headers)).toEqual({ status: 401, body });
    },
  );

  test("is accepted from a browser if it is publishable", async () => {
    const headers = { apikey: stack.supabase.publishableKey, "user-agent": "Mozilla/5.0 (X11)" };
    expect(await get(headers)).toMatchObject({ status: 401, body: { code: "42501" } });
  });

  test("is accepted as a parameter, and not passed on as a filter", async () => {
    const path = `${ONE}&apikey=${stack.supabase.secretKey}`;
    expect((await get({}, path)).status).toBe(200);
  });
});

describe("a key determines the role", () => {
  const roleOf = async (headers: Record<string, string>) => {
    await stack.superuser.query(
      "create or replace function public.whoami() returns text language sql as 'select current_user::text'",
    );
    await stack.superuser.query("grant execute on function public.whoami() to public");
    await stack.supabase.postgrest.stop();
    await stack.supabase.postgrest.start();
    return (await get(headers, "/rest/v1/rpc/whoami")).body;
  };

  test.each([
    ["publishableKey", "anon"],
    ["secretKey", "service_role"],
    ["workflowKey", "kinde_workflow"],
  ] as const)("%s for %s", async (key, role) => {
    expect(await roleOf({ apikey: stack.supabase[key] })).toBe(role);
  });

  test("a legacy key passes the gateway but needs Authorization for a role", async () => {
    const { anonJwt, serviceRoleJwt } = stack.supabase;
    expect(await roleOf({ apikey: serviceRoleJwt })).toBe("anon");
    const authorization = `Bearer ${serviceRoleJwt}`;
    expect(await roleOf({ apikey: serviceRoleJwt, authorization })).toBe("service_role");
    expect(await roleOf({ apikey: anonJwt, authorization })).toBe("service_role");
  });

  test("a token with another role in Authorization overrides the key's role", async () => {
    const token = await stack.supabase.mintJwt({ role: "kinde_workflow" });
    const headers = { apikey: stack.supabase.publishableKey, authorization: `Bearer ${token}` };
    expect(await roleOf(headers)).toBe("kinde_workflow");
  });
});

describe("Authorization", () => {
  test("may repeat an sb_ key", async () => {
    const { secretKey } = stack.supabase;
    const headers = { apikey: secretKey, authorization: `Bearer ${secretKey}` };
    expect((await get(headers)).status).toBe(200);
  });

  test("may not contain a different sb_ key", async () => {
    const { secretKey, publishableKey } = stack.supabase;
    const headers = { apikey: publishableKey, authorization: `Bearer ${secretKey}` };
    expect(await get(headers)).toEqual({ status: 401, body: INVALID_KEY });
  });

  test("with an expired token is refused by PostgREST", async () => {
    // PostgREST tolerates a clock difference of 30 seconds.
    const token = await stack.supabase.mintJwt({ role: "anon" }, { expiresInSeconds: -60 });
    const headers = { apikey: stack.supabase.publishableKey, authorization: `Bearer ${token}` };
    expect(await get(headers)).toMatchObject({ status: 401, body: { code: "PGRST301" } });
  });
});

describe("the host", () => {
  /** Sends a request with this Host header, which fetch does not allow. */
  const asked = (host: string) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const headers = { host, apikey: stack.supabase.secretKey };
      request(stack.supabase.url + ONE, { headers }, async (response) => {
        let body = "";
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode, body });
      })
        .once("error", reject)
        .end();
    });
  const port = () => new URL(stack.supabase.url).port;

  test("may be 127.0.0.1 or localhost, with the port", async () => {
    expect((await asked(`127.0.0.1:${port()}`)).status).toBe(200);
    expect((await asked(`LocalHost:${port()}`)).status).toBe(200);
  });

  test.each([
    () => `rebound.example:${port()}`,
    () => "127.0.0.1",
    () => "localhost:1",
    () => `localhost.evil.example:${port()}`,
  ])(
    "may not be another host, because a website's name could resolve to this machine (%#)",
    async (host) => {
      const { status, body } = await asked(host());
      expect(status).toBe(421);
      expect(JSON.parse(body).message).toContain(`http://127.0.0.1:${port()}`);
      expect(body).not.toContain("evil");
    },
  );
});

describe("the path", () => {
  test.each(["/", "/rest/v2/profiles", "/rest/v1x/profiles", "/auth/v1/user"])(
    "%s is not found, with a key or without",
    async (path) => {
      const body = { message: "no Route matched with those values" };
      expect(await get({}, path)).toEqual({ status: 404, body });
      expect(await get({ apikey: stack.supabase.secretKey }, path)).toEqual({ status: 404, body });
    },
  );

  test.each([
    "//",
    "//rest/v1/profiles",
    "/x/../rest/v1/profiles",
    "http://other/rest/v1/profiles",
  ])("the request target %s, which fetch does not send, is not found", async (path) => {
    const { hostname, port } = new URL(stack.supabase.url);
    const headers = { apikey: stack.supabase.secretKey };
    const outward = request({ hostname, port, path, headers, agent: false });
    const status = await new Promise((resolve, reject) => {
      outward.once("response", (response) => resolve(response.resume().statusCode));
      outward.once("error", reject);
      outward.end();
    });
    expect(status).toBe(404);
  });

  test("reaches PostgREST unchanged", async () => {
    const path = "/rest/v1/profiles?kinde_id=eq.kp_%00%2B+;(%22a%22)&select=kinde_id";
    expect(await get({ apikey: stack.supabase.secretKey }, path)).toEqual({
      status: 200,
      body: [],
    });
  });
});

describe("the gateway passes on", () => {
  test("a body, its headers, and the status of the answer", async () => {
    const response = await fetch(`${stack.supabase.url}/rest/v1/profiles`, {
      method: "POST",
      headers: {
        apikey: stack.supabase.secretKey,
        "content-type": "application/json",
        prefer: "return=representation",
      },
      body: JSON.stringify({ kinde_id: "kp_gateway" }),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject([{ kinde_id: "kp_gateway" }]);
  });

  test("a preflight without a key, as browsers send it", async () => {
    const response = await fetch(stack.supabase.url + ONE, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:5173",
        "access-control-request-method": "GET",
        "access-control-request-headers": "apikey",
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBeTruthy();
  });

  test("many requests on one connection", async () => {
    const { Agent } = await import("node:http");
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const localPorts = new Set<number | undefined>();
    for (let i = 0; i < 5; i += 1) {
      await new Promise<void>((resolve, reject) => {
        const options = { agent, headers: { apikey: stack.supabase.secretKey } };
        const outward = request(stack.supabase.url + ONE, options, (response) => {
          localPorts.add(response.socket.localPort);
          response.resume().once("end", resolve);
        });
        outward.once("error", reject).end();
      });
    }
    agent.destroy();
    expect(localPorts.size).toBe(1);
  });
});

describe("when a part behind the gateway is down", () => {
  const workflow = () => get({ apikey: stack.supabase.workflowKey });

  test("PostgREST: 502, then a normal answer when it is back", async () => {
    await stack.supabase.postgrest.stop();
    const body = { message: "An invalid response was received from the upstream server" };
    expect(await workflow()).toEqual({ status: 502, body });
    await stack.supabase.postgrest.start();
    expect((await workflow()).status).toBe(200);
  });

  test("the database: 503 with a code, then a normal answer when it is back", async () => {
    await stack.supabase.database.stop();
    const answers = [await workflow(), await workflow()];
    for (const { status, body } of answers) {
      expect(status).toBe(503);
      expect(body).toHaveProperty("code", expect.stringMatching(/^(PGRST00[012]|57P0[123])$/));
    }
    await stack.supabase.database.start();
    expect((await workflow()).status).toBe(200);
  });
});
