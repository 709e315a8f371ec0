import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

const APP = join(import.meta.dirname, "..");

/** The app as production runs it: built to JavaScript, and started with plain node. */
let child: ReturnType<typeof spawn>;
let url: string;
const VARIABLES = {
  KINDE_DOMAIN: "https://yours.kinde.com",
  KINDE_CLIENT_ID: "id",
  KINDE_CLIENT_SECRET: "secret-of-the-client",
  SUPABASE_URL: "https://ref.supabase.co",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
};

beforeAll(async () => {
  await promisify(execFile)("npm", ["run", "build"], { cwd: APP });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const { scripts } = JSON.parse(readFileSync(join(APP, "package.json"), "utf8"));
  const [program, ...args] = String(scripts.start).split(" ");
  expect(program).toBe("node");
  child = spawn(process.execPath, args, {
    cwd: APP,
    // The app gets none of the test's own settings, such as a loader for TypeScript.
    env: { PATH: process.env.PATH ?? "", ...VARIABLES, APP_URL: url, PORT: String(port) },
    stdio: "ignore",
  });
}, 120_000);
afterAll(() => void child?.kill("SIGKILL"));

describe("the built app", () => {
  test("serves its page and its stylesheet", async () => {
    const page = await vi.waitFor(() => fetch(url), { timeout: 25_000, interval: 200 });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Create an account");
    const stylesheet = await fetch(`${url}/app.css`);
    expect(stylesheet.status).toBe(200);
    expect(stylesheet.headers.get("content-type")).toContain("text/css");
  });

  test("imports no TypeScript file, and does not use tsx", () => {
    const built = readFileSync(join(APP, "dist/main.js"), "utf8");
    expect(built).not.toMatch(/\btsx\b|from "[^"]+\.ts"/);
  });

  test("ends at SIGTERM", async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
