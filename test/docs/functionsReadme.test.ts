import { afterAll, beforeAll, expect, test } from "vitest";
import { useStack } from "../supabase/support/stack.ts";
import { startWakeUpServer, type WakeUpServer } from "../supabase/support/wakeUpServer.ts";
import { markedBlock } from "../support/markedBlock.ts";

const PAGE = "supabase/functions/README.md";
const USER = "kp_00112233445566778899aabbccddeeff";
const LIMIT = { timeout: 60_000 };

const stack = useStack({ standIns: true, seed: false });
let server: WakeUpServer;
const run = async (sql: string) => (await stack.owner.query(sql)).rows;

/** The secrets with which the database called the function. */
const secretsSent = () => server.requests.map(({ headers }) => headers["x-refresh-claims-secret"]);

beforeAll(async () => {
  server = await startWakeUpServer();
  // The sweep's requests must not disturb tests that count requests.
  await stack.superuser.query("update cron.job set active = false");
  await run(`insert into public.profiles (kinde_id) values ('${USER}')`);
  const tell = markedBlock(PAGE, "tell the database");
  await run(
    tell
      .replace("https://<ref>.supabase.co/functions/v1/refresh-claims", server.url)
      .replace("<the secret of step 2>", "the first secret"),
  );
});
afterAll(() => server?.[Symbol.asyncDispose]());

test("a change calls the function with the secret, and SQL can read the answer", async () => {
  await run(markedBlock(PAGE, "change a claim").replace("kp_…", USER));
  await expect.poll(secretsSent, LIMIT).toEqual(["the first secret"]);
  await expect
    .poll(() => run(markedBlock(PAGE, "last answers")), LIMIT)
    .toMatchObject([{ status_code: 200 }]);
});

test("the database sends the new secret after a change of the secret", async () => {
  await run(
    markedBlock(PAGE, "change the secret").replace("<the new secret>", "the second secret"),
  );
  await run("update public.profiles set lifetime_subscriber = not lifetime_subscriber");
  await expect.poll(() => secretsSent().at(-1), LIMIT).toBe("the second secret");
});

test("after the switch-off, a change waits in the queue and sends no request", async () => {
  await run(markedBlock(PAGE, "switch off"));
  const before = secretsSent().length;
  await run("update public.profiles set lifetime_subscriber = not lifetime_subscriber");
  const [{ pending_claim_changes: pending }] = await run("select public.pending_claim_changes()");
  expect(pending.waiting).toBeGreaterThan(0);
  const { rowCount } = await stack.superuser.query("select from net.http_request_queue");
  expect(rowCount).toBe(0);
  expect(secretsSent()).toHaveLength(before);
});
