import { Agent, request } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHttpBrowser } from "../../../local/demo/httpBrowser.ts";
import { ADA, type AppWithKinde, startAppWithKinde } from "./support/startApp.ts";

const PER_MINUTE = 20;

let app: AppWithKinde;
let agent: Agent;
beforeEach(() => {
  agent = new Agent({ keepAlive: true });
});
afterEach(async () => {
  agent.destroy();
  await app.stop();
});

interface Asking {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** The client's address. All addresses of 127.0.0.0/8 belong to this machine. */
  readonly from?: string;
}
function ask({ path = "/login", method = "GET", headers = {}, from = "127.0.0.1" }: Asking) {
  return new Promise<{ status: number; body: string; retryAfter: string | undefined }>(
    (resolve, reject) => {
      const req = request(app.url + path, { agent, method, headers, localAddress: from }, (res) => {
        let body = "";
        res.setEncoding("utf8").on("data", (chunk) => (body += chunk));
        res.on("end", () => {
          resolve({ status: res.statusCode ?? 0, body, retryAfter: res.headers["retry-after"] });
        });
      });
      req.on("error", reject).end();
    },
  );
}
async function statuses(times: number, asking: Asking): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time++) all.push((await ask(asking)).status);
  return all;
}
const count = (all: number[], status: number) => all.filter((each) => each === status).length;

test("a client that begins too many sign-ins is refused, and another client can finish its sign-in", async () => {
  app = await startAppWithKinde({ requestsPerMinute: PER_MINUTE });
  const browser = createHttpBrowser();
  const atKinde = (await browser.open(`${app.url}/login`)).url;
  const flood = await statuses(PER_MINUTE + 30, { from: "127.0.0.2" });
  expect(count(flood, 303)).toBe(PER_MINUTE);
  expect(count(flood, 429)).toBe(30);
  const page = await browser.submit(new URL(atKinde).pathname, { user: ADA });
  expect(page).toMatchObject({ status: 200, url: `${app.url}/` });
});

test("a refused request gets a page that says what to do, and when", async () => {
  app = await startAppWithKinde({ requestsPerMinute: 1 });
  await ask({});
  const { status, body, retryAfter } = await ask({});
  expect(status).toBe(429);
  expect(body).toContain("Wait a minute, then try again.");
  expect(Number(retryAfter)).toBeGreaterThan(0);
});

test.each([
  { path: "/register" },
  { path: "/login/silent" },
  { path: "/callback?code=x&state=y" },
  { path: "/logout", method: "POST" },
  { path: "/profile", method: "POST" },
  { path: "/back-office", method: "POST" },
])("the number of requests %j is limited", async (asking) => {
  app = await startAppWithKinde({ requestsPerMinute: 2 });
  expect((await statuses(3, asking)).map((status) => status === 429)).toEqual([false, false, true]);
});

test("pages that are only read are not limited", async () => {
  app = await startAppWithKinde({ requestsPerMinute: 2 });
  expect(await statuses(6, { path: "/" })).toEqual([200, 200, 200, 200, 200, 200]);
});

test("X-Forwarded-For names the client if a proxy is configured, and is ignored otherwise", async () => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const client = (last: number) => ({ headers: { "x-forwarded-for": `203.0.113.${last}` } });
  app = await startAppWithKinde({ requestsPerMinute: 1 });
  expect([...(await statuses(1, client(1))), ...(await statuses(1, client(2)))]).toEqual([
    303, 429,
  ]);
  await app.stop();
  app = await startAppWithKinde({ requestsPerMinute: 1, proxies: 1 });
  expect([...(await statuses(1, client(1))), ...(await statuses(1, client(2)))]).toEqual([
    303, 303,
  ]);
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});

test("all addresses of one IPv6 network count as one client", async () => {
  app = await startAppWithKinde({ requestsPerMinute: 1, proxies: 1 });
  const client = (address: string) => ({ headers: { "x-forwarded-for": address } });
  expect(await statuses(1, client("2001:db8::1"))).toEqual([303]);
  expect(await statuses(1, client("2001:db8::2"))).toEqual([429]);
  expect(await statuses(1, client("2001:db9::1"))).toEqual([303]);
});
